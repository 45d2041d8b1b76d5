package dev.optr.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.intent.IntentNormalizer.Normalized;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IntentNormalizerTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        row("plain", "Fix the login", "Fix the login", 0, 0, 0),
        row("white space around", " \n\tFix\n\n", "Fix", 0, 0, 0),
        row("line ends", "a\r\nb\rc\u2028d\u2029e\nf", "a\nb\nc\nd\ne\nf", 0, 0, 0),
        row("tab inside", "a\tb", "a\tb", 0, 0, 0),
        row("comment", "a<!-- hidden -->b", "ab", 1, 0, 0),
        row("comment over lines", "a<!-- x\ny -->b", "ab", 1, 0, 0),
        row("two comments", "<!--x-->a<!--y-->", "a", 2, 0, 0),
        row("unterminated comment", "a <!-- hidden", "a", 1, 0, 0),
        row("shortest comments", "a<!-->b<!--->c", "abc", 2, 0, 0),
        row("comment made by a comment", "a<!-<!-- x -->- hidden -->b", "ab", 2, 0, 0),
        row("comment made thrice", "<<!-- -->!<!-- -->-<!-- -->- hidden", "", 4, 0, 0),
        row("comment made by a zero-width space", "a<!-\u200B- hidden -->b", "ab", 1, 1, 0),
        row("opener inside a comment", "a<!-- <!-- -->b-->", "ab-->", 1, 0, 0),
        row("closer alone", "a --> b", "a --> b", 0, 0, 0),
        row("opener in code is taken for one", "use `<!--` here", "use `", 1, 0, 0),
        row("zero-width", "a\u200B\u200C\u200D\u2060\uFEFFb", "ab", 0, 5, 0),
        row("soft hyphen", "log\u00ADin", "login", 0, 1, 0),
        row("tag characters", "a\uDB40\uDC68\uDB40\uDC69b", "ab", 0, 2, 0),
        row("variation selectors", "a\uFE0F\uDB40\uDD00b", "ab", 0, 2, 0),
        row("Hangul fillers", "a\u3164\u115F\uFFA0b", "ab", 0, 3, 0),
        row("bidi overrides", "a\u202Eb\u202C\u2066c\u2069\u200F", "abc", 0, 0, 5),
        row("C0 controls", "a\u0000\u0007\u001B[31mb\u007F", "a[31mb", 0, 4, 0),
        row("C1 controls", "a\u0085\u009Bb", "ab", 0, 2, 0),
        row("lone surrogates", "a\uD800b\uDC00", "ab", 0, 2, 0),
        row("noncharacters", "a\uFFFF\uFDD0b", "ab", 0, 2, 0),
        row("emoji stay", "a \uD83D\uDE00", "a \uD83D\uDE00", 0, 0, 0),
        row("Arabic number sign stays", "a\u0600b", "a\u0600b", 0, 0, 0),
        row("form C", "cafe\u0301", "caf\u00E9", 0, 0, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void keepsWhatAReaderSees(String name, String raw, Normalized expected) {
    assertThat(IntentNormalizer.normalize(raw)).as(name).isEqualTo(expected);
  }

  @Property
  void changesNothingTheSecondTime(@ForAll("hostile") String raw) {
    String once = IntentNormalizer.normalize(raw).text();

    assertThat(IntentNormalizer.normalize(once)).isEqualTo(new Normalized(once, 0, 0, 0));
  }

  @Property
  void changesNothingTheSecondTimeWhateverTheText(@ForAll String raw) {
    String once = IntentNormalizer.normalize(raw).text();

    assertThat(IntentNormalizer.normalize(once)).isEqualTo(new Normalized(once, 0, 0, 0));
  }

  @Property
  void leavesNoOpenerAndNothingInvisible(@ForAll("hostile") String raw) {
    String text = IntentNormalizer.normalize(raw).text();

    assertThat(text).doesNotContain("<!--").doesNotContain("\r");
    assertThat(text.codePoints())
        .noneMatch(codePoint -> Invisible.isInvisible(codePoint) || Invisible.isBidi(codePoint));
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "<", "!", "-", "--", "<!--", "-->", ">", "\u200B", "\u202E", "\r", "\n", " ", "a", "e",
            "\u0301", "\u0338", "\uD83D", "\uDE00", "\uFE0F", "\u2028", "\uFEFF", "\u00AD")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static Arguments row(
      String name, String raw, String text, int comments, int invisible, int bidi) {
    return Arguments.of(name, raw, new Normalized(text, comments, invisible, bidi));
  }
}
