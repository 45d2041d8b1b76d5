package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class LineScannerPropertiesTest {
  private static final String[] ATOMS = {
    "a",
    "b",
    "k",
    "S",
    "i",
    "0",
    " ",
    "-",
    "]",
    "{",
    "}",
    "{2",
    "{,3}",
    "{01}",
    "\u00e9",
    "\u0130",
    "\u20ac",
    "\ud83d\ude00",
    "\u212a",
    "\u017f",
    ".",
    "^",
    "$",
    "\\A",
    "\\z",
    "\\b",
    "\\B",
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "\\w",
    "\\W",
    "\\pL",
    "\\PL",
    "\\p{Greek}",
    "\\p{^Lu}",
    "\\P{Lu}",
    "\\x41",
    "\\x{20ac}",
    "\\x{1F600}",
    "\\101",
    "\\0",
    "\\t",
    "\\.",
    "\\\\",
    "\\-",
    "\\Qa.b\\E",
    "\\Q*\\E",
    "[ab]",
    "[^ab]",
    "[a-cx]",
    "[^a-cx]",
    "[]a]",
    "[^]a]",
    "[a-]",
    "[-a]",
    "[\\]a]",
    "[\\d_]",
    "[^\\d_]",
    "[\\D0]",
    "[^\\D0]",
    "[\\W]",
    "[^\\W]",
    "[[:alpha:]]",
    "[^[:alpha:]]",
    "[[:^space:]]",
    "[\\pL]",
    "[^\\p{Lu}a]",
    "[\u00e0-\u1c00]",
    "[^\u00e9]",
    "[a-\u00e9]",
    "[\\x{0}-\\x{2ff}\\x{2000}-\\x{212f}]",
    "[^\\x{0}-\\x{2ff}\\x{2000}-\\x{212f}]",
    "[k]",
    "[^k]",
    "[\u212a]",
    "[^\u212a]",
    "[j-l]",
    "[:a]",
    "[[:a]",
    "(?i)",
    "(?-i)",
    "(?s)",
    "(?m)",
    "(?-m)",
    "(?U)",
    "(?is)",
    "()",
    "(?:)",
    "(?i-s:k)",
    "(?P<n>a)"
  };

  @Provide
  Arbitrary<String> expressions() {
    return expressions(3);
  }

  private static Arbitrary<String> expressions(int depth) {
    Arbitrary<String> atom = Arbitraries.of(ATOMS);
    if (depth > 0) {
      Arbitrary<String> inner = Arbitraries.lazy(() -> expressions(depth - 1));
      Arbitrary<String> group =
          Combinators.combine(Arbitraries.of("(", "(?:", "(?i:", "(?s:"), inner)
              .as((open, part) -> open + part + ")");
      atom =
          Arbitraries.frequencyOf(
              net.jqwik.api.Tuple.of(5, atom), net.jqwik.api.Tuple.of(2, group));
    }
    Arbitrary<String> times =
        Arbitraries.of(
            "", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{0,2}", "{1,}",
            "{2,4}?", "{3,}", "{60}", "|", "|");
    return Combinators.combine(atom, times)
        .as((one, many) -> one + many)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings()
        .withChars("abckKsSiIx019 .*-]{}[:\t\\A_\r\u00e9\u00e0\u0130\u0131\u20ac\u212a\u017f\u03b1")
        .ofMaxLength(8)
        .map(line -> line.replace("x", "\ud83d\ude00").replaceAll("\r+$", ""))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 20_000)
  void findsTheLinesThatTheLibraryFindsOneByOne(
      @ForAll("expressions") String regex, @ForAll("lines") List<String> lines) {
    Assume.that(RegexCost.refusal(regex) == null);
    Optional<Pattern> library = compiled(regex);
    Assume.that(library.isPresent());

    assertThat(found(regex, String.join("\n", lines) + "\n"))
        .isEqualTo(alone(library.get(), lines));
    assertThat(found(regex, String.join("\r\n", lines) + "\r\n"))
        .isEqualTo(alone(library.get(), lines));
  }

  @Property(tries = 500)
  void losesNothingWhenItsAutomatonIsBegunAnew(
      @ForAll("blowing") String regex, @ForAll("manyLines") List<String> lines) {
    Pattern library = Pattern.compile(regex, Pattern.MULTILINE);

    assertThat(found(regex, String.join("\n", lines) + "\n")).isEqualTo(alone(library, lines));
  }

  @Provide
  Arbitrary<String> blowing() {
    return Combinators.combine(
            Arbitraries.of("a", "[ab]", "(a|bb)", "b+a"), Arbitraries.integers().between(9, 15))
        .as((one, many) -> one + "[ab]{" + many + "}c");
  }

  @Provide
  Arbitrary<List<String>> manyLines() {
    return Arbitraries.strings()
        .withChars("ababababc")
        .ofMaxLength(200)
        .list()
        .ofMinSize(10)
        .ofMaxSize(30);
  }

  private static Optional<Pattern> compiled(String regex) {
    try {
      return Optional.of(Pattern.compile(regex, Pattern.MULTILINE));
    } catch (PatternSyntaxException invalid) {
      return Optional.empty();
    }
  }

  private static List<Integer> alone(Pattern library, List<String> lines) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (library.matcher(lines.get(i)).find()) {
        numbers.add(i + 1);
      }
    }
    return numbers;
  }

  private static List<Integer> found(String regex, String text) {
    return LinePattern.of(regex) instanceof LinePattern.Valid(LinePattern pattern)
        ? pattern.scanner().matches(text.getBytes(UTF_8), 1000, () -> false).stream()
            .map(LineMatch::number)
            .toList()
        : List.of(-1);
  }
}
