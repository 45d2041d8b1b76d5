package dev.optr.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JUnitXmlTest {
  @Test
  void countsCasesOfNestedSuitesByClassAndName() {
    CountedTests tests =
        counted(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="outer">
                <testsuite name="inner">
                  <testcase classname="a.B" name="one" time="0.1"/>
                  <testcase classname="a.B" name="two"><failure message="m">trace</failure></testcase>
                  <testcase name="three"><error/></testcase>
                  <testcase classname="a.B" name="four"><skipped/></testcase>
                </testsuite>
                <testcase classname="a.B" name="five"><system-out><![CDATA[<failure/>]]></system-out></testcase>
              </testsuite>
            </testsuites>
            """);
    assertThat(tests.totals()).isEqualTo(new Check.Tests(2, 2, 1));
    assertThat(tests.failed()).containsExactly("a.B.two", "three");
    assertThat(tests.executed()).isEqualTo(4);
  }

  @Test
  void readsWhatSurefireRunsAgain() {
    CountedTests tests =
        counted(
            """
            <testsuite name="s" tests="2" failures="1" errors="0" flakes="1">
              <testcase classname="c" name="held at last"><flakyFailure message="m"/><flakyError/></testcase>
              <testcase classname="c" name="never held"><failure/><rerunFailure/><rerunError/></testcase>
            </testsuite>
            """);
    assertThat(tests.totals()).isEqualTo(new Check.Tests(1, 1, 0));
    assertThat(tests.failed()).containsExactly("c.never held");
  }

  @Test
  void countsSuitesThatFailWithoutACase() {
    assertThat(
            counted(
                    """
                    <testsuites><testsuite name="does not load" tests="0" errors="1"/>
                    <testsuite name="s" failures="1"><testcase name="x"><failure/></testcase></testsuite>
                    <testsuite name="t"><error message="fixture"/></testsuite></testsuites>
                    """)
                .failed())
        .containsExactly("suite does not load", "suite t", "x");
  }

  @Test
  void countsAFailureOnceThoughSuitesAroundItDeclareItToo() {
    assertThat(
            counted(
                    """
                    <testsuites failures="1"><testsuite name="o" failures="1"><testsuite name="i" failures="1">
                    <testcase name="x"><failure/></testcase></testsuite></testsuite></testsuites>
                    """)
                .totals())
        .isEqualTo(new Check.Tests(0, 1, 0));
  }

  @Test
  void takesCasesThatAnAttributeCallsNotRunForSkipped() {
    assertThat(
            counted(
                    "<testsuite><testcase name='x' status='notrun'/><testcase name='y'/></testsuite>")
                .totals())
        .isEqualTo(new Check.Tests(1, 0, 1));
  }

  @Test
  void addsUpTestsOfOneName() {
    CountedTests tests =
        counted(
            "<testsuite><testcase name='x'/><testcase name='x'><failure/></testcase></testsuite>");
    assertThat(tests.totals()).isEqualTo(new Check.Tests(1, 1, 0));
    assertThat(tests.failed()).containsExactly("x");
  }

  @Test
  void refusesADocumentTypeAndSoEveryEntity() {
    String bomb =
        """
        <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <testsuite><testcase name="&c;"/></testsuite>
        """;
    String external =
        """
        <!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>
        <testsuite><testcase name="x"><failure>&f;</failure></testcase></testsuite>
        """;
    String elsewhere =
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite><testcase name='x'/></testsuite>";
    for (String report : new String[] {bomb, external, elsewhere}) {
      assertThat(problem(report)).as(report).contains("it has a DOCTYPE");
    }
    assertThat(problem("<testsuite><testcase name='&undeclared;'/></testsuite>")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "<testsuite>",
        "<testsuite><testcase name='x'></testsuite>",
        "<testsuite/><testsuite/>",
        "<?xml version='1.0' encoding='UTF-16'?><testsuite/>",
        "<testsuite name='a' name='b'/>",
        "<x:testsuite/>",
      })
  void saysOfWhatIsNoXmlThatItIsNone(String report) {
    assertThat(problem(report)).hasValueSatisfying(problem -> assertThat(problem).contains("XML"));
  }

  @Test
  void readsTheEncodingThatIsDeclared() {
    String report =
        "<?xml version='1.0' encoding='%s'?><testsuite><testcase name='\u00e9'><error/></testcase></testsuite>";
    assertThat(failed(report.formatted("ISO-8859-1").getBytes(ISO_8859_1)))
        .containsExactly("\u00e9");
    assertThat(failed(report.formatted("utf-8").getBytes(UTF_8))).containsExactly("\u00e9");
    assertThat(failed(report.formatted("UTF-8").getBytes(ISO_8859_1))).containsExactly("\ufffd");
    assertThat(problem(report.formatted("no-such-encoding"))).contains("it cannot be read");
  }

  @Test
  void refusesXmlThatIsNoReport() {
    assertThat(problem("<project><testcase name='x'/></project>"))
        .contains("it has no 'testsuite'");
  }

  @Test
  void refusesElementsThatAreNestedWithoutEnd() {
    assertThat(problem("<testsuite>".repeat(100_000)))
        .contains("its elements are nested more than 64 deep");
  }

  @Test
  void quotesNothingOfAReportThatIsRefused() {
    assertThat(problem("<testsuite><SECRET-VALUE></testsuite>").orElseThrow())
        .doesNotContain("SECRET");
  }

  @Property(tries = 300)
  void survivesWhateverFollowsTheBeginning(@ForAll byte[] rest) {
    byte[] begin = "<testsuite><testcase name='x".getBytes(UTF_8);
    byte[] report = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, report, begin.length, rest.length);
    assertThat(JUnitXml.read(new ByteArrayInputStream(report), new TestCount())).isPresent();
  }

  private static Optional<String> problem(String report) {
    return JUnitXml.read(new ByteArrayInputStream(report.getBytes(UTF_8)), new TestCount());
  }

  private static List<String> failed(byte[] report) {
    return counted(report).failed();
  }

  private static CountedTests counted(String report) {
    return counted(report.getBytes(UTF_8));
  }

  private static CountedTests counted(byte[] report) {
    TestCount count = new TestCount();
    assertThat(JUnitXml.read(new ByteArrayInputStream(report), count)).isEmpty();
    return ((TestReading.Counted) count.reading()).tests();
  }
}
