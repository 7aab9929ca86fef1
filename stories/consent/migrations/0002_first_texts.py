"""What tellers read before they tick, in three languages: version 1. Officers write later versions in the admin."""

from django.db import migrations

TEXTS = {
    "general": {
        "nl": "Ik vertel mijn verhaal uit vrije wil. In mijn verhaal kan iets over mijn gezondheid staan. Ik bepaal zelf waarvoor Drieklank mijn verhaal mag gebruiken: voor elk doel zet ik apart een vinkje, of niet. Wie ik ben en hoe ik te bereiken ben, zien alleen de medewerkers die over toestemming gaan. Mijn toestemming geldt tot en met de dag die ik kies. Ik mag op elk moment stoppen, zonder reden en zonder gevolgen. Dan gaat mijn verhaal in alle talen offline en wordt het gewist. Wat anderen zelf hebben opgeslagen of gedeeld, kan Drieklank niet terughalen.",
        "de": "Ich erzähle meine Geschichte freiwillig. In meiner Geschichte kann etwas über meine Gesundheit stehen. Ich bestimme selbst, wofür Drieklank meine Geschichte nutzen darf: Für jeden Zweck setze ich einzeln ein Häkchen, oder keines. Wer ich bin und wie ich zu erreichen bin, sehen nur die Mitarbeitenden, die für Einwilligungen zuständig sind. Meine Einwilligung gilt bis einschließlich zu dem Tag, den ich wähle. Ich darf jederzeit aufhören, ohne Grund und ohne Folgen. Dann geht meine Geschichte in allen Sprachen offline und wird gelöscht. Was andere selbst gespeichert oder geteilt haben, kann Drieklank nicht zurückholen.",
        "fr": "Je raconte mon histoire de mon plein gré. Mon histoire peut dire quelque chose de ma santé. Je décide moi-même à quoi elle peut servir : pour chaque usage, je coche une case, ou non. Seules les personnes chargées des consentements voient qui je suis et comment me joindre. Mon consentement vaut jusqu’au jour que je choisis, ce jour compris. Je peux arrêter à tout moment, sans raison et sans conséquence. Mon histoire est alors retirée dans toutes les langues et effacée. Drieklank ne peut pas reprendre ce que d’autres ont enregistré ou partagé eux-mêmes.",
    },
    "web": {
        "nl": "Drieklank mag mijn verhaal op de eigen website zetten. Iedereen kan het daar lezen, ook via zoekmachines.",
        "de": "Drieklank darf meine Geschichte auf der eigenen Website zeigen. Alle können sie dort lesen, auch über Suchmaschinen.",
        "fr": "Drieklank peut publier mon histoire sur son site web. Tout le monde peut l’y lire, aussi par les moteurs de recherche.",
    },
    "print": {
        "nl": "Drieklank mag mijn verhaal afdrukken en als PDF aanbieden. Wat al is afgedrukt of gedownload, blijft bestaan.",
        "de": "Drieklank darf meine Geschichte drucken und als PDF anbieten. Was schon gedruckt oder heruntergeladen ist, bleibt bestehen.",
        "fr": "Drieklank peut imprimer mon histoire et la proposer en PDF. Ce qui est déjà imprimé ou téléchargé reste.",
    },
    "social_media": {
        "nl": "Drieklank mag op sociale media berichten over mijn verhaal plaatsen. Als ik stop, haalt Drieklank die berichten weg. Waar een netwerk dat niet toelaat, vraagt een medewerker erom.",
        "de": "Drieklank darf in sozialen Medien Beiträge über meine Geschichte veröffentlichen. Wenn ich aufhöre, löscht Drieklank diese Beiträge. Wo ein Netzwerk das nicht zulässt, bittet eine Mitarbeiterin oder ein Mitarbeiter darum.",
        "fr": "Drieklank peut publier sur les réseaux sociaux des messages au sujet de mon histoire. Si j’arrête, Drieklank retire ces messages. Là où un réseau ne le permet pas, une personne de l’équipe le demande.",
    },
    "partner_kit": {
        "nl": "Drieklank mag mijn verhaal met gemeenten en organisaties delen die meedoen, in een pakket voor hun eigen kanalen. Als ik stop, vraagt Drieklank hun om het te verwijderen.",
        "de": "Drieklank darf meine Geschichte an beteiligte Gemeinden und Organisationen weitergeben, in einem Paket für deren eigene Kanäle. Wenn ich aufhöre, bittet Drieklank sie, es zu löschen.",
        "fr": "Drieklank peut partager mon histoire avec les communes et organisations partenaires, dans un dossier pour leurs propres canaux. Si j’arrête, Drieklank leur demande de l’effacer.",
    },
    "translation": {
        "nl": "Drieklank mag mijn verhaal in het Nederlands, Duits en Frans vertalen. Elke taal verschijnt alleen als dit vinkje staat.",
        "de": "Drieklank darf meine Geschichte ins Niederländische, Deutsche und Französische übersetzen. Ohne dieses Häkchen erscheint keine Übersetzung.",
        "fr": "Drieklank peut traduire mon histoire en néerlandais, en allemand et en français. Sans cette coche, aucune traduction ne paraît.",
    },
    "photo": {
        "nl": "Drieklank mag de foto’s en tekeningen laten zien die bij mijn verhaal horen. Gegevens die in de bestanden verborgen zitten, zoals de plaats, worden eruit gehaald.",
        "de": "Drieklank darf die Fotos und Zeichnungen zeigen, die zu meiner Geschichte gehören. Angaben, die in den Dateien verborgen sind, etwa der Ort, werden entfernt.",
        "fr": "Drieklank peut montrer les photos et dessins qui accompagnent mon histoire. Les données cachées dans les fichiers, comme le lieu, en sont retirées.",
    },
    "voice": {
        "nl": "Drieklank mag mijn stem laten horen en mij op film laten zien, zoals in de opnamen bij mijn verhaal.",
        "de": "Drieklank darf meine Stimme hören lassen und mich im Film zeigen, so wie in den Aufnahmen zu meiner Geschichte.",
        "fr": "Drieklank peut faire entendre ma voix et me montrer en film, comme dans les enregistrements de mon histoire.",
    },
}


def write_texts(apps, schema_editor):
    ConsentText = apps.get_model("consent", "ConsentText")
    ConsentText.objects.bulk_create(
        ConsentText(part=part, language=language, version=1, text=text)
        for part, languages in TEXTS.items()
        for language, text in languages.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
    ]
    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
