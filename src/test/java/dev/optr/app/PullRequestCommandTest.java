package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.app.PullRequestCommand.Parsed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PullRequestCommandTest {
  private static final String SHA = "3f9c2ab07d51e84c6b92f0a1d3e5c7894b6a2d10";

  @Test
  void readsARunWithCommitAndWish() {
    assertThat(asked("/optr run")).isEqualTo(run(null, null));
    assertThat(asked("/optr run 3f9c2ab")).isEqualTo(run("3f9c2ab", null));
    assertThat(asked("/optr run " + SHA)).isEqualTo(run(SHA, null));
    assertThat(asked("/optr run -- Make it fast")).isEqualTo(run(null, "Make it fast"));
    assertThat(asked("/optr run 3f9c2ab -- mind -- the dashes"))
        .isEqualTo(run("3f9c2ab", "mind -- the dashes"));
  }

  @Test
  void readsTheOtherCommands() {
    assertThat(asked("/optr execute")).isEqualTo(new PullRequestCommand.Execute());
    assertThat(asked("/optr explain  ")).isEqualTo(new PullRequestCommand.Explain());
    assertThat(asked("/optr\thelp")).isEqualTo(new PullRequestCommand.Help());
    assertThat(asked("/optr retry my-agent_2"))
        .isEqualTo(new PullRequestCommand.Retry("my-agent_2"));
    assertThat(asked("/optr open codex")).isEqualTo(new PullRequestCommand.Open("codex"));
  }

  @Test
  void readsTheFirstLineAlone() {
    assertThat(asked("/optr run\r\nBecause of the cookie.\n/optr execute"))
        .isEqualTo(run(null, null));
    assertThat(PullRequestCommand.parse("Look:\n/optr execute")).isEqualTo(new Parsed.Unrelated());
    assertThat(PullRequestCommand.parse("\n/optr execute")).isEqualTo(new Parsed.Unrelated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LGTM",
        " /optr run",
        "> /optr run",
        "`/optr run`",
        "/optrun",
        "/optr-run",
        "/OPTR run",
        "<!-- optr:sticky v1 workflow=x -->\n/optr run",
        "\u200b/optr run"
      })
  void leavesCommentsToPeopleAlone(String body) {
    assertThat(PullRequestCommand.parse(body)).isEqualTo(new Parsed.Unrelated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/optr",
        "/optr Run",
        "/optr run 3F9C2AB",
        "/optr run 3f9c2a",
        "/optr run main",
        "/optr run --",
        "/optr run --wish",
        "/optr run 3f9c2ab0 and more",
        "/optr execute codex",
        "/optr execute; rm -rf /",
        "/optr retry",
        "/optr retry Codex",
        "/optr retry codex claude",
        "/optr open ../../main",
        "/optr merge"
      })
  void refusesWhatIsNoCommandAndSaysSo(String body) {
    assertThat(PullRequestCommand.parse(body)).isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void saysNothingThatActsOfWhatItRefuses() {
    Parsed parsed = PullRequestCommand.parse("/optr \u001b[31m\u202e@everyone" + "x".repeat(3_000));
    assertThat(parsed).isEqualTo(new Parsed.Malformed("the line is longer than 2000 characters"));
    assertThat(((Parsed.Malformed) PullRequestCommand.parse("/optr \u001b[31m\u202eall")).message())
        .doesNotContain("\u001b", "\u202e");
  }

  private static PullRequestCommand asked(String body) {
    return ((Parsed.Asked) PullRequestCommand.parse(body)).command();
  }

  private static PullRequestCommand run(
      @org.jspecify.annotations.Nullable String commit,
      @org.jspecify.annotations.Nullable String wish) {
    return new PullRequestCommand.Run(Optional.ofNullable(commit), Optional.ofNullable(wish));
  }
}
