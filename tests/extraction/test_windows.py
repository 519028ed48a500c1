from kg.extraction import windows
from kg.extraction.windows import Window, sentence_words


def text_of(count, length):
    return " ".join(" ".join(["word"] * (length - 1)) + "." for _ in range(count))


def cut(make_words, count, length, shared):
    split = make_words(text_of(count, length))
    return windows.windows(split, [(n * length, (n + 1) * length) for n in range(count)], shared)


def test_a_short_text_is_one_window(make_words):
    assert cut(make_words, 3, 10, 64) == [Window(0, 30, 0)]


def test_without_sharing_each_window_begins_where_the_last_ended(make_words):
    assert cut(make_words, 5, 100, 0) == [Window(0, 200, 0), Window(200, 400, 200), Window(400, 500, 400)]


def test_a_window_takes_the_sentences_before_it_that_fit_the_shared_part(make_words):
    assert cut(make_words, 7, 60, 64) == [Window(0, 240, 0), Window(180, 420, 240)]


def test_every_word_is_fresh_exactly_once(make_words):
    found = cut(make_words, 23, 37, 64)
    assert [word for w in found for word in range(w.fresh, w.high)] == list(range(23 * 37))


def test_a_sentence_longer_than_a_window_is_cut(make_words):
    split = make_words(text_of(1, 600))
    assert sentence_words(split, [(0, split.ends[-1])]) == [(0, 254), (254, 508), (508, 600)]
