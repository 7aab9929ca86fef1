from django.urls import path

from factsheets.answering import AnswerView

urlpatterns = [path("<int:pk>/answer/", AnswerView.as_view(), name="factsheets_answer")]
