from __future__ import annotations

from django.urls import path

from . import records, texts, versions, withdrawing

urlpatterns = [
    path("", records.IndexView.as_view(), name="index"),
    path("add/", records.ChooseView.as_view(), name="choose"),
    path("story/<uuid:story_key>/", records.StoryView.as_view(), name="story"),
    path("story/<uuid:story_key>/add/", records.AddView.as_view(), name="add"),
    path("<int:pk>/", records.RecordView.as_view(), name="record"),
    path("<int:pk>/edit/", records.EditView.as_view(), name="edit"),
    path("<int:pk>/evidence/", versions.evidence, name="evidence"),
    path("<int:pk>/link/", versions.LinkView.as_view(), name="make_link"),
    path("link/<int:pk>/revoke/", versions.revoke, name="revoke_link"),
    path("<int:pk>/version/<str:language>/", versions.ReviewView.as_view(), name="review"),
    path("<int:pk>/withdraw/", withdrawing.WithdrawView.as_view(), name="withdraw"),
    path("withdrawals/", withdrawing.IndexView.as_view(), name="withdrawals"),
    path("withdrawals/<int:pk>/", withdrawing.WithdrawalView.as_view(), name="withdrawal"),
    path("texts/", texts.IndexView.as_view(), name="texts"),
    path("texts/add/", texts.AddView.as_view(), name="add_text"),
]
