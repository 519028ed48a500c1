"""English is read, other languages are named; where it is not sure, a text is taken."""

import pytest

from kg.documents import read
from kg.documents.language import require_english
from kg.errors import RefusedDocument

TEXTS = {
    "German": "Der Vorstand der Halden Silos AG hat am Dienstag bekannt gegeben, dass die Firma verkauft wird. Der"
    " Aufsichtsrat hat dem Verkauf zugestimmt, und auch die Gründer sind einverstanden. Über den Preis schwieg man.",
    "French": "Le conseil d'administration de la société a annoncé mardi que l'entreprise serait vendue. Le fondateur"
    " quittera la direction après la conclusion de l'accord, et il conserve une participation de cinq pour cent.",
    "Spanish": "El consejo de administración anunció el martes que la empresa se venderá por doscientos millones de"
    " euros. El fundador dejará la dirección cuando se cierre el acuerdo y conservará una participación.",
    "Russian": "Совет директоров объявил во вторник, что компания будет продана за двести миллионов евро. Основатель"
    " покинет правление после закрытия сделки, но сохранит за собой долю в пять процентов акций компании.",
    "Chinese": "公司董事会周二宣布公司将以两亿四千万欧元的价格出售。创始人将在交易完成后离开管理层。" * 6,
}


@pytest.mark.parametrize("name", TEXTS)
def test_another_language_is_named(name):
    with pytest.raises(RefusedDocument, match=rf"^a\.txt: in {name}\. Translate it, or insist with --any-language$"):
        require_english(TEXTS[name], "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Acme buys Bolt.",
        "Der Vorstand.",
        "Ann Lee, Bo Ek, Cy Fox, Dee Gray, Eva Hart, Finn Ivey, Gil Jay, Hal Kent, Ivy Lowe, Jo Moss, Kit Nye, Lou Orr",
        "The firm Société Générale de Surveillance, led by Géraldine Picaud, said that it had bought a part of the"
        " Österreichische Prüfgesellschaft für Werkstoffe, and that Müller would lead it after the end of the year.",
        "MERIDIAN GRAIN SAID ON TUESDAY THAT IT HAD AGREED TO BUY THE STORAGE OPERATOR HALDEN SILOS FOR CASH. THE TWO"
        " FIRMS HAVE WORKED TOGETHER SINCE 2016, AND THE BOARD OF HALDEN WAS FOR THE SALE.",
        "1,204 17% 2026-05-07 " * 50,
    ],
)
def test_english_names_numbers_and_short_texts_are_taken(text):
    require_english(text, "a.txt")


def test_who_insists_gets_any_language(write):
    [refused] = read([write("a.txt", TEXTS["German"])])
    assert isinstance(refused, RefusedDocument)
    [document] = read(["a.txt"], any_language=True)
    assert document.text == TEXTS["German"]
