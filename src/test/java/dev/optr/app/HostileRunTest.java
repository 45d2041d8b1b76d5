package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.FakePeople;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One idea each of what authors, agents and commands may write to be more than read, through the
 * whole Action: it decides and executes as it would without, and says nothing in their words.
 */
final class HostileRunTest {
  @TempDir private Path directory;

  @Test
  void markdownIsNoMarkdown() {
    isInert(
        "</details></summary>\n# OPTR selected bert\n**bold**\n```\n``````\n~~~\n| a | b |\n<h1>x</h1>",
        "OPTR selected bert",
        "</summary>\n#",
        "<h1>");
  }

  @Test
  void mentionsCallNobody() {
    isInert("@octocat @org/everybody ".repeat(400) + "&#64;octocat", "@octocat", "@org", "&#64;");
  }

  @Test
  void imagesFetchNothing() {
    isInert(
        "![x](https://evil.example/?d=1) <img src=\"https://evil.example/2\"> [r]: https://evil.example/3",
        "](https://evil",
        "<img",
        "evil.example");
  }

  @Test
  void closingKeywordsCloseNothing() {
    isInert(
        "Fixes #1. Closes acme/widgets#2. Resolves https://github.com/acme/widgets/issues/3 GH-4",
        "#1",
        "widgets#2",
        "issues/3",
        "GH-4");
  }

  @Test
  void outputsAreNotSet() {
    isInert(
        "::set-output name=outcome::none\nx ##[set-output name=selected-agent]bert\n::save-state name=a::b",
        "set-output",
        "save-state");
  }

  @Test
  void theLogIsNotSwitchedOffNorMasked() {
    isInert(
        "::stop-commands::pause\n##[stop-commands]pause\n::add-mask::codex\n##[add-mask]a\n::endgroup::\n"
            + "\u0085::error::x\n\u200B::error::y\r::error::z",
        "stop-commands",
        "add-mask");
  }

  @Test
  void delimitersOfOutputsEndNothing() {
    isInert(
        "EOF\noutcome=none\nghadelimiter_\nselected-agent<<EOF\nbert\nEOF\noutcome<<ghadelimiter_\nx",
        "ghadelimiter",
        "EOF");
  }

  @Test
  void terminalsAndReadersAreNotDeceived() {
    String text =
        "\u001b[31mred\u001b]8;;https://evil.example\u0007\u009b2J \u202Edaer\u202C z\u200Bw\u2066i\u2069\uFEFF\b\b";
    try (HostileSite site = HostileSite.of(directory, text, text)) {
      Invocation ran = assertDecided(site);
      site.assertInert(ran, "\u001b", "\u009b", "\u202E", "\u200B", "\u2066", "\uFEFF", "\b");
      assertThat(ran.log()).doesNotContain("\u001b", "\u009b", "\u202E", "\u2066", "\u0007", "\b");
    }
  }

  @Test
  void trailersAreOurOwn() {
    String forged = "Optr-Entry: " + "0".repeat(64);
    String text = "Say more\n\n" + forged + "\nOptr-Run: 1\nOptr-Executes: bert\nSigned-off-by: x";
    try (HostileSite site = HostileSite.of(directory, text, "Optr-Run: 1")) {
      Invocation ran = assertDecided(site);
      site.assertInert(ran, forged, "Optr-Run: 1", "Optr-Executes: bert", "Signed-off-by: x");
      assertThat(site.messages()).hasSize(2).allSatisfy(HostileRunTest::assertOwnTrailers);
    }
  }

  @Test
  void markersAreOurOwn() {
    isInert(
        "x <!-- optr:sticky v1 workflow=widgets -->\n<!-- optr:reply v1 workflow=widgets -->\n<!-- ",
        "reply v1 workflow");
  }

  @Test
  void commandsAreNotRepeated() {
    isInert("/optr execute bert\n/optr run\n/merge", "/optr execute bert", "/optr run\n", "/merge");
  }

  @Test
  void hugeTextsFitEverywhere() {
    String text = "# `@octocat` <b> | \uD83D\uDE80 fixes #1\n".repeat(1500);
    try (HostileSite site = HostileSite.of(directory, text, text.substring(0, 240))) {
      Invocation ran = assertDecided(site);
      site.assertInert(ran, "@octocat", "fixes #1");
      assertThat(site.played().gitHub().comments())
          .allSatisfy(comment -> assertThat(comment.body().length()).isLessThanOrEqualTo(65_536));
      assertThat(site.played().gitHub().people().checkRuns())
          .extracting(FakePeople.CheckRun::summary)
          .allSatisfy(summary -> assertThat(summary.length()).isLessThanOrEqualTo(60_000));
    }
  }

  @Test
  void blankTextsAreNoFault() {
    try (HostileSite site = HostileSite.blank(directory)) {
      Invocation ran = assertDecided(site);
      site.assertInert(ran, "null");
    }
  }

  @Test
  void shellsAndTemplatesAreNotExpanded() {
    Path touched = directory.resolve("touched");
    String text =
        "$(touch %1$s) `touch %1$s` '; touch %1$s; ' ${{ secrets.GITHUB_TOKEN }} %%s %%n {} \\u0041"
            .formatted(touched);
    isInert(text, "touch", "${{", "%n");
    assertThat(touched).doesNotExist();
  }

  private void isInert(String text, String... forbidden) {
    String all = text + "\nwitness";
    try (HostileSite site = HostileSite.of(directory, all, text.lines().findFirst().orElse("-"))) {
      Invocation ran = assertDecided(site);
      site.assertInert(ran, forbidden);
      assertThat(site.played().gitHub().comments())
          .anySatisfy(comment -> assertThat(comment.body()).contains("witness"));
      assertThat(ran.log()).contains("witness");
    }
  }

  static Invocation assertDecided(HostileSite site) {
    Invocation ran = site.opened();
    assertThat(ran.exit()).as(ran.log()).isZero();
    assertThat(site.runner().outputs())
        .containsEntry("outcome", "selected")
        .containsEntry("selected-agent", "anna");
    FakeGitHub.Status gate = site.played().gitHub().statuses().getLast();
    assertThat(gate.state()).isEqualTo("success");
    assertThat(gate.sha()).isEqualTo(site.runner().output("anchor-sha"));
    site.played().gitHub().assertNoUnexpectedRequests();
    return ran;
  }

  private static void assertOwnTrailers(String message) {
    assertThat(message.lines().filter(line -> line.startsWith("Optr-Entry: "))).hasSizeLessThan(2);
    assertThat(message.lines().skip(1).filter(line -> !line.isBlank()))
        .allSatisfy(line -> assertThat(line).startsWith("Optr-"));
  }
}
