package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.completed;
import static dev.optr.agents.copilot.CopilotFixture.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Answer;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Retries;
import dev.optr.base.Checkpoint;
import dev.optr.base.JsonObject;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.testing.VendorTraffic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs about one commit, which know nothing of each other, start from one branch. */
final class TwoRunsTest {
  private static final String LIST = "GET /agents/repos/octo/app/tasks\\?.*per_page=100.*";

  @TempDir Path directory;

  private CopilotFixture site;
  private FakeCopilot other;
  private LaneLog otherLog;
  private VendorTraffic traffic;
  private String base;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    other =
        new FakeCopilot(
            directory.resolve("srv/" + FakeCopilot.REPOSITORY + ".git"),
            "1a7b0000-1111-4222-8333-444455556666");
    site.github.besides(other);
    other.besides(site.github);
    otherLog = LaneSamples.log(site.clock);
    traffic = VendorTraffic.of(site.github.server());
    base = "optr/frozen/" + site.frozen.substring(0, 12);
    produce("copilot/mine", site.github);
    produce("copilot/theirs", other);
  }

  @AfterEach
  void everyRequestWasInTurnAndOneThatGitHubTakes() {
    try {
      assertThat(site.github.unexpected()).isEmpty();
      assertThat(other.unexpected()).isEmpty();
      traffic.assertValid();
    } finally {
      other.close();
      site.close();
    }
  }

  @Test
  void leavesTheBranchToTheRunWhoseTaskStillWorks() {
    OnceOnly mine = new OnceOnly(() -> assertProposed(site.ask()));

    // The other run's first pause is the one before it looks at its task.
    Answer theirs =
        askOther(
            duration -> {
              mine.run();
              site.clock.sleep(duration);
              assertThat(site.github.repository().tip(base)).contains(site.frozen);
            },
            Checkpoint.NONE);

    assertProposed(theirs);
    assertThat(left(site.log))
        .singleElement()
        .asString()
        .startsWith("used by task 1a7b0000-1111-4222-8333-444455556666");
    assertThat(left(otherLog)).isEmpty();
    assertThat(site.github.repository().tip(base)).isEmpty();
  }

  @Test
  void makesTheBranchAgainThatTheOtherRunDeletedBeforeTheTaskStarted() {
    OnceOnly mine = new OnceOnly(() -> assertProposed(site.ask()));

    // The first answer to the other run says that it has the branch.
    Answer theirs = askOther(site.clock, _ -> mine.run());

    assertProposed(theirs);
    assertThat(other.starts()).hasSize(2);
    assertThat(roles(otherLog)).contains("restored");
    assertThat(site.github.repository().tip(base)).isEmpty();
  }

  @Test
  void leavesABranchThatItFoundWhereNobodySaysWhichTasksThereAre() {
    site.github.repository().create(base, site.frozen);
    site.github.script(LIST, 403, FakeCopilot.message("no"));

    assertProposed(site.ask());

    assertThat(left(site.log))
        .singleElement()
        .asString()
        .contains("another run made it, and perhaps uses it", "403");
    assertThat(site.github.repository().tip(base)).contains(site.frozen);
  }

  @Test
  void deletesABranchThatItMadeWhereNobodySaysWhichTasksThereAre() {
    site.github.script(LIST, 403, FakeCopilot.message("no"));

    assertProposed(site.ask());

    assertThat(site.github.repository().tip(base)).isEmpty();
  }

  @Test
  void leavesTheBranchToTheOtherRunAlsoWhereItIsCancelled() {
    site.github.otherwise(state("in_progress"));
    OnceOnly mine =
        new OnceOnly(
            () ->
                assertThatThrownBy(
                        () ->
                            site.agent(CopilotFixture.TOKEN, TwoRunsTest::cancelled)
                                .ask(site.question(), site.log))
                    .isInstanceOf(InterruptedException.class));

    Answer theirs =
        askOther(
            duration -> {
              mine.run();
              site.clock.sleep(duration);
            },
            Checkpoint.NONE);

    assertProposed(theirs);
    assertThat(left(site.log)).singleElement().asString().startsWith("used by task 1a7b0000");
    // The task of the run that was cancelled goes on, so that the branch is left to people.
    assertThat(left(otherLog)).singleElement().asString().startsWith("used by task 0f6c1f6e");
  }

  private static void cancelled(Duration duration) throws InterruptedException {
    throw new InterruptedException("cancelled within " + duration);
  }

  private void produce(String branch, FakeCopilot github) {
    String tip = site.produce(branch, () -> site.worker.commit(branch, Map.of("a.txt", branch)));
    github.repository().delete(branch);
    github.does(() -> github.repository().create(branch, tip)).otherwise(completed(branch));
  }

  private Answer askOther(Retries.Sleeper sleeper, Checkpoint checkpoint) {
    URI served = site.git.url(FakeCopilot.REPOSITORY);
    CopilotCloudAgent agent =
        new CopilotCloudAgent(
            site.spec(Duration.ofMinutes(30)),
            Optional.of(other.url()),
            GitHubRepository.of(
                    URI.create("http://" + served.getAuthority()), FakeCopilot.REPOSITORY)
                .orElseThrow(),
            Secret.of(CopilotFixture.TOKEN),
            "input 'copilot-token'",
            Network.direct(),
            "1.2.3",
            new Retries(new Random(8), sleeper, site.clock, checkpoint),
            site.clock,
            new FrozenBranches());
    try {
      return agent.ask(site.question(), otherLog);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertProposed(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Proposed.class);
  }

  private static List<String> left(LaneLog log) {
    return log.exchange().transcript().stream()
        .filter(line -> "left".equals(line.text("role")))
        .map(line -> String.valueOf(line.text("reason")))
        .toList();
  }

  private static List<String> roles(LaneLog log) {
    return log.exchange().transcript().stream()
        .map((JsonObject line) -> String.valueOf(line.text("role")))
        .toList();
  }

  /** Runs at the first call alone, not at those that it brings about itself either. */
  private static final class OnceOnly implements Runnable {
    private final Runnable work;
    private boolean done;

    OnceOnly(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (!done) {
        done = true;
        work.run();
      }
    }
  }
}
