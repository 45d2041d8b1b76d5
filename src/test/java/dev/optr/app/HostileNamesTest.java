package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of branches and files, and comments, that are meant to be more than names and comments. */
final class HostileNamesTest {
  @TempDir private Path directory;

  static Stream<String> branches() {
    return Stream.of(
        "a;touch${IFS}x;b",
        "a`id`$(id)&b|c",
        "quote'\"<img>",
        "fixes-#1-@octocat",
        "a##set-output%0A!error",
        "caf\u00e9/\u4f60\u597d/\uD83D\uDE80",
        "a\u202Etxt.exe",
        "-rf",
        "a+b%2Fc%20d&base=main",
        "x".repeat(100) + "/" + "y".repeat(100));
  }

  @ParameterizedTest
  @MethodSource("branches")
  void aBranchIsMovedWhateverItIsCalled(String branch) {
    try (HostileSite site = HostileSite.of(directory, "plain").branch(branch)) {
      Invocation ran = HostileRunTest.assertDecided(site);
      site.assertInert(ran, "octocat", "<img>", "touch", "\u202E");
      assertThat(site.messages()).hasSize(2);
    }
  }

  static Stream<String> files() {
    return Stream.of(
        "@octocat fixes #1.md",
        "![x](evil.example?d=1).md",
        "a|b|c`d``e.md",
        "::set-output name=outcome::none",
        "##[set-output name=outcome]none",
        "<img src=x onerror=alert(1)>.html",
        "a\u202Etxt.exe",
        "-rf",
        "$(touch x);`touch y`",
        "quote'\".txt");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileIsExecutedWhateverItIsCalled(String file) {
    try (HostileSite site = HostileSite.naming(directory, file)) {
      Invocation ran = HostileRunTest.assertDecided(site);
      site.assertInert(
          ran, "@octocat", "#1", "evil.example", "<img", "\u202E", "set-output", "touch");
    }
  }

  static Stream<String> unusable() {
    return Stream.of(
        "a\\b.txt",
        "https://evil.example/x",
        "a\nb.txt",
        "a\r::error::x",
        "tab\there",
        "\u001b[31m",
        "../up.txt",
        ".git/x");
  }

  /** An agent that names such a file has no path; nothing else depends on it. */
  @ParameterizedTest
  @MethodSource("unusable")
  void aNameThatIsNoneIsRefusedInOurWords(String file) {
    Map<String, String> files =
        Map.of(
            ".github/workflow-optr.yaml",
            """
            workflow: widgets
            isolation: off
            agents:
              - {name: anna, type: recorded, file: anna.json}
              - {name: bert, type: recorded, file: bert.json}
            """,
            ".github/anna.json",
            Recordings.rewrite(file, "x\n"),
            ".github/bert.json",
            Recordings.rewrite("a.txt", "two\n"),
            "a.txt",
            "one\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(runner.outputs()).containsEntry("selected-agent", "bert");
      assertThat(ran.log()).doesNotContain("\u001b", "\r", "\n::error");
      assertThat(played.gitHub().comments().getFirst().body()).doesNotContain("\u001b", "\r");
    }
  }

  @Test
  void aFileThatIsPutAmongOursIsNotNamedToAnybody() {
    try (HostileSite site = HostileSite.of(directory, "plain")) {
      HostileRunTest.assertDecided(site);
      String datalake = site.runner().output("datalake-path");
      PlayedPullRequest played = site.played();
      String file = datalake + "/@octocat fixes #1 ![x](https://evil.example) \u202E.json";
      String old = datalake + "/intent.json";
      played.headIs(played.pushToTopic("Forge", Map.of(file, "{}\n", old, "{}\n")));
      Runner again =
          played
              .runner("again")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      Invocation ran = Invocation.step(again);
      assertThat(ran.exit()).as(ran.log()).isEqualTo(4);
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.state()).isEqualTo("failure");
      assertThat(gate.description()).doesNotContain("@octocat", "\u202E");
      assertThat(ran.log()).doesNotContain("\u202E");
    }
  }

  @Test
  void commentsThatLookLikeOursAreNeitherReadNorEdited() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String marker = "<!-- optr:sticky v1 workflow=widgets -->";
      long strangers = played.gitHub().comment(7, "mallory", marker + "\nall is well");
      long apps = played.gitHub().comment(7, "other[bot]", marker + "\nall is well");
      long quoting = played.gitHub().comment(7, "github-actions[bot]", "> " + marker);
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(played.gitHub().comments()).hasSize(4);
      assertThat(played.gitHub().comments())
          .filteredOn(comment -> comment.id() == strangers || comment.id() == apps)
          .extracting(FakeGitHub.Comment::body)
          .containsOnly(marker + "\nall is well");
      assertThat(played.gitHub().comments())
          .filteredOn(comment -> comment.id() == quoting)
          .extracting(FakeGitHub.Comment::body)
          .containsExactly("> " + marker);
      assertThat(played.gitHub().minimisedComments()).isEmpty();
    }
  }

  @Test
  void ofManyCommentsOfOursTheOldestIsKeptAndTheOthersAreHidden() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String marker = "<!-- optr:sticky v1 workflow=widgets -->";
      long oldest = played.gitHub().comment(7, "github-actions[bot]", marker + "\nold");
      for (int i = 0; i < 120; i++) {
        played.gitHub().comment(7, "github-actions[bot]", marker + "\nforged " + i);
      }
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(played.gitHub().comments()).hasSize(121);
      assertThat(played.gitHub().comments().getFirst().id()).isEqualTo(oldest);
      assertThat(played.gitHub().comments().getFirst().body()).contains("codex");
      assertThat(played.gitHub().minimisedComments()).isNotEmpty().doesNotContain(oldest);
    }
  }

  @Test
  void aCommandsArgumentsAreWordsAndNoMore() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().people().permit("ada", "write");
      int number = 0;
      for (String line :
          new String[] {
            "/optr retry @octocat",
            "/optr open ![x](https://evil.example)",
            "/optr fixes #1 ##[error]x",
            "/optr \u202Enur",
            "/optr run " + "f".repeat(40),
            "/optr execute ```\n::error::x",
            "/optr " + "x".repeat(60_000)
          }) {
        number++;
        Runner runner =
            played
                .runner("runner-" + number)
                .event(
                    "issue_comment",
                    Payloads.comment(7, number, "ada", "User", line, "created", true));
        Invocation ran = Invocation.step(runner);
        assertThat(ran.exit()).as(ran.log()).isZero();
        assertThat(ran.log()).doesNotContain("##[error]", "\n::error::x", "\u202E");
        assertThat(played.gitHub().comments()).hasSize(1);
        String active =
            String.join(
                "\n",
                dev.optr.report.Outside.of(played.gitHub().comments().getFirst().body()).active());
        assertThat(active)
            .doesNotContain("@octocat", "evil.example", "fixes #1", "\u202E", "xxxxxxxxx");
      }
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
    }
  }
}
