package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintedTestsTest {
  @Test
  void countsTapOfEachVersion() {
    assertThat(
            counted(
                    """
                    TAP version 13
                    1..7
                    ok 1 - plain
                    not ok 2 - broken
                    ok 3 # SKIP no database
                    not ok 4 - later # TODO not done
                    ok
                    ok 6 - early # todo done already
                    not ok
                    # a comment
                    nonsense
                    """)
                .totals())
        .isEqualTo(new Check.Tests(3, 2, 2));
    assertThat(counted("1..2\nok 1 - a\nnot ok 2 - b\n").failed()).containsExactly("b");
    assertThat(counted("TAP version 14\nok 1 - a \\# no directive\n1..1\n").totals())
        .isEqualTo(new Check.Tests(1, 0, 0));
  }

  @Test
  void namesSubtestsAndTheTestThatSumsThemUp() {
    CountedTests tests =
        counted(
            """
            TAP version 13
            # Subtest: cart
                # Subtest: adds
                ok 1 - adds
                  ---
                  duration_ms: 1
                  ...
                # Subtest: removes
                    # Subtest: last
                    not ok 1 - last
                    1..1
                not ok 2 - removes
                1..2
            not ok 1 - cart
            1..1
            """);
    assertThat(tests.failed()).containsExactly("cart", "cart > removes", "cart > removes > last");
    assertThat(tests.totals()).isEqualTo(new Check.Tests(1, 3, 0));
  }

  @Test
  void passesOverWhatADiagnosticBlockSays() {
    assertThat(
            counted(
                    """
                    TAP version 14
                    not ok 1 - a
                      ---
                      got: |
                    ok 2 - forged
                      ok 3 - forged
                      ...
                    ok 2 - b
                    """)
                .totals())
        .isEqualTo(new Check.Tests(1, 1, 0));
  }

  @Test
  void takesABailOutForAFailure() {
    assertThat(counted("1..9\nok 1 - a\nBail out! no database\n").failed())
        .containsExactly("Bail out!");
  }

  @Test
  void countsTheEventsOfGo() {
    CountedTests tests =
        counted(
            """
            {"Action":"start","Package":"x/a"}
            {"Action":"run","Package":"x/a","Test":"TestOne"}
            {"Action":"output","Package":"x/a","Test":"TestOne","Output":"--- PASS\\n"}
            {"Action":"pass","Package":"x/a","Test":"TestOne","Elapsed":0}
            a line that a test printed
            {"broken json
            {"Action":"fail","Package":"x/a","Test":"TestTwo/sub"}
            {"Action":"skip","Package":"x/a","Test":"TestThree"}
            {"Action":"fail","Package":"x/a"}
            {"ImportPath":"x/b","Action":"build-fail"}
            {"Action":"fail","Package":"x/b","FailedBuild":"x/b"}
            {"Action":"pass","Package":"x/c"}
            """);
    assertThat(tests.totals()).isEqualTo(new Check.Tests(1, 2, 1));
    assertThat(tests.failed()).containsExactly("x/a.TestTwo/sub", "x/b");
  }

  @Test
  void findsTheBeginningBehindABanner() {
    assertThat(counted("\n> shop@1.0.0 test\n> node --test\n\nTAP version 13\nok 1 - a\n").totals())
        .isEqualTo(new Check.Tests(1, 0, 0));
    assertThat(counted("TAP version 13\r\nok 1 - a\r\n1..1\r\n").totals())
        .isEqualTo(new Check.Tests(1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok 1 - no version and no plan\n",
        "banner\n1..3\nok 1\n",
        "{\"Action\":\"pass\"}\n",
        "{\"level\":\"info\",\"Package\":\"x\"}\n",
        "TAP version 9\nok 1\n",
      })
  void countsNothingInOtherOutput(String output) {
    assertThat(reading(output)).isEqualTo(new TestReading.Nothing());
  }

  @Test
  void looksForABeginningAmongTheFirstLinesOnly() {
    assertThat(reading("line\n".repeat(100) + "TAP version 13\nok 1\n"))
        .isEqualTo(new TestReading.Nothing());
  }

  @Test
  void boundsHowManyNamesItKeeps() {
    PrintedTests tests = new PrintedTests();
    tests.line("TAP version 13");
    for (int i = 0; i <= 200_000; i++) {
      tests.line("ok " + i + " - t" + i);
    }
    assertThat(tests.reading())
        .isEqualTo(new TestReading.Unreadable("there are too many names of tests"));
  }

  @Property(tries = 500)
  void survivesAnyLine(@ForAll String line, @ForAll boolean go) {
    PrintedTests tests = new PrintedTests();
    tests.line(go ? "{\"Action\":\"start\",\"Package\":\"x\"}" : "TAP version 14");
    assertThat(tests.line(line)).isTrue();
    assertThat(tests.reading()).isInstanceOf(TestReading.Counted.class);
  }

  private static CountedTests counted(String output) {
    return ((TestReading.Counted) reading(output)).tests();
  }

  private static TestReading reading(String output) {
    PrintedTests tests = new PrintedTests();
    for (String line : output.split("\n", -1)) {
      tests.line(line);
    }
    return tests.reading();
  }
}
