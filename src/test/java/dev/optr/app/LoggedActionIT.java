package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.git.GitRepository;
import dev.optr.git.RawCommit;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program as the runner starts it, where the workflow file turns the anchor log on. */
final class LoggedActionIT {
  private static final String REF = "refs/optr/log";
  private static final String TOPIC = "refs/heads/topic";
  private static final String RECORDING =
      """
      {"tool": "submit_path", "arguments": {"summary": "s", "edits": [{"op": "rewrite",
      "path": "README.md", "content": "longer\\n"}]}}
      """;

  @TempDir private Path directory;

  @Test
  void movesBranchAndLogInOnePush() {
    try (PlayedPullRequest played = start("ref")) {
      List<String> statuses = new CopyOnWriteArrayList<>();
      played
          .git()
          .beforeReceive(
              () ->
                  played
                      .gitHub()
                      .statuses()
                      .forEach(status -> statuses.add(status.sha() + " " + status.state())));
      Runner runner = runner(played, "runner");
      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isZero();
      String anchor = runner.output("anchor-sha");
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve(TOPIC)).contains(anchor);
        assertThat(served.parents(anchor)).containsExactly(played.head());
        String tip = served.resolve(REF).orElseThrow();
        assertThat(served.parents(tip)).containsExactly(anchor);
        assertThat(served.message(tip))
            .startsWith("optr anchor log\n\nnumber: 1\nentry: " + runner.output("ledger-entry"))
            .contains("\nanchor: " + anchor + "\npr: 7\nsize: 2   root: ");
        Verification verified = VerifyCommand.verify(served, anchor, VerifyOptions.standard());
        assertThat(verified.findings()).isEmpty();
      }
      assertThat(statuses).containsExactly(played.head() + " pending", anchor + " failure");
      assertThat(played.gitHub().requestLines()).noneMatch(line -> line.startsWith("PATCH"));
      played.gitHub().assertNoUnexpectedRequests();
      assertThat(result.log().lines())
          .noneMatch(line -> !line.startsWith("::add-mask::") && line.contains(FakeGitHub.TOKEN));
    }
  }

  @Test
  void signsTheLogAndLeavesTheAnchorToGitHub() throws Exception {
    assumeTrue(RealGit.isPresent(), "git verifies the log");
    Path key = key();
    try (PlayedPullRequest played = start("branch")) {
      Runner runner = runner(played, "runner").input("signing-key", Files.readString(key));
      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isZero();
      String anchor = runner.output("anchor-sha");
      try (GitRepository served = played.served()) {
        String tip = served.resolve("refs/heads/optr-log").orElseThrow();
        assertThat(RawCommit.read(served, anchor).orElseThrow().signature()).isNull();
        Path signers =
            Files.writeString(
                directory.resolve("allowed_signers"),
                "optr namespaces=\"git\" " + Files.readString(directory.resolve("key.pub")));
        RealGit.in(played.servedDirectory())
            .text("-c", "gpg.ssh.allowedSignersFile=" + signers, "verify-commit", tip);
        Verification verified =
            VerifyCommand.verify(served, anchor, VerifyOptions.standard().allowingTofu());
        assertThat(verified.findings()).isEmpty();
      }
      String secret = Files.readAllLines(key).get(1);
      assertThat(result.log().lines())
          .noneMatch(line -> !line.startsWith("::add-mask::") && line.contains(secret));
    }
  }

  @Test
  void goesOnWithTheLogOfAnotherRun() {
    try (PlayedPullRequest played = start("ref")) {
      assertThat(runner(played, "first").run().exit()).isZero();
      String first;
      try (GitRepository served = played.served()) {
        first = served.resolve(REF).orElseThrow();
      }
      played.headIs(played.pushToTopic("again", Map.of("a.txt", "again\n")));
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = second.run();

      assertThat(result.exit()).as(result.log()).isZero();
      try (GitRepository served = played.served()) {
        String tip = served.resolve(REF).orElseThrow();
        assertThat(served.parents(tip)).containsExactly(first, second.output("anchor-sha"));
        assertThat(served.message(tip)).contains("number: 2\n");
      }
    }
  }

  @Test
  void isSupersededByAPushThatWasFaster() {
    try (PlayedPullRequest played = start("ref")) {
      List<String> pushed = new CopyOnWriteArrayList<>();
      played
          .git()
          .beforeReceive(
              () -> {
                if (pushed.isEmpty()) {
                  pushed.add(played.pushToTopic("faster"));
                }
              });
      Runner runner = runner(played, "runner");
      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs()).containsEntry("outcome", "superseded");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve(TOPIC)).contains(pushed.getFirst());
        assertThat(served.resolve(REF)).isEmpty();
      }
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  @Test
  void isRefusedByAProtectedBranch() {
    try (PlayedPullRequest played = start("ref")) {
      played.git().refuse(TOPIC, "protected branch hook declined");
      Runner runner = runner(played, "runner");
      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(result.log()).contains("protected branch hook declined");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve(TOPIC)).contains(played.head());
        assertThat(served.resolve(REF)).isEmpty();
      }
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  @Test
  void asksNobodyWhereTheLogIsNotWhole() {
    try (PlayedPullRequest played = start("ref")) {
      try (TempRepo bare = TempRepo.open(played.servedDirectory())) {
        bare.ref(REF, played.base());
      }
      Runner runner = runner(played, "runner");
      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isEqualTo(4);
      assertThat(result.log()).contains("E_LOG_GAP");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().requestLines()).noneMatch(line -> line.endsWith("/git/commits"));
    }
  }

  private PlayedPullRequest start(String log) {
    String workflow =
        """
        workflow: widgets
        isolation: off
        trigger: {push: every}
        ledger: {mode: enabled, log: %s}
        agents:
          - {name: codex, type: recorded, file: ../codex.json}
        """
            .formatted(log);
    return PlayedPullRequest.start(
        directory,
        Map.of(
            ".github/workflow-optr.yaml",
            workflow,
            "codex.json",
            RECORDING.replace("\n", ""),
            "README.md",
            "short\n"));
  }

  private static Runner runner(PlayedPullRequest played, String name) {
    return played.runner(name).event("pull_request", played.event("pull_request.opened.json"));
  }

  private Path key() throws IOException, InterruptedException {
    Path file = directory.resolve("key");
    try {
      Process made =
          new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
              .start();
      assertThat(made.waitFor()).isZero();
    } catch (IOException absent) {
      assumeTrue(false, "there is no ssh-keygen here");
    }
    return file;
  }
}
