package dev.optr.agents.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Agent;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpLaneContract;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Question;
import dev.optr.agents.RunBudget;
import dev.optr.agents.Stage;
import dev.optr.agents.TestClock;
import dev.optr.agents.UntoldCost;
import dev.optr.base.JsonObject;
import dev.optr.testing.Front.Place;
import dev.optr.testing.VendorTraffic;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copilot's cloud agent, whose only words are the state of its task and a branch. */
final class CopilotLaneTest implements HttpLaneContract {
  private static final String BRANCH = "copilot/fix-login";

  private static final Place MAKING_THE_BRANCH = new Place("POST", ".*/git/refs");

  private final Stage stage = new Stage();
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final List<CopilotFixture> sites = new ArrayList<>();
  private final List<VendorTraffic> traffic = new ArrayList<>();
  private @Nullable CopilotFixture site;

  @AfterEach
  void nothingWasAskedOutOfTurn() {
    assertThat(sites).allSatisfy(it -> assertThat(it.github.unexpected()).isEmpty());
    traffic.forEach(VendorTraffic::assertValid);
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public TestClock clock() {
    return clock;
  }

  @Override
  public String credential() {
    return CopilotFixture.TOKEN;
  }

  @Override
  public Question question() {
    return Objects.requireNonNull(site).question();
  }

  @Override
  public String working() {
    CopilotFixture working = newSite();
    working.produce(BRANCH, () -> working.worker.commit("work", Map.of("a.txt", "two\n")));
    working.github.says(CopilotFixture.state("queued"), CopilotFixture.completed(BRANCH));
    return working.github.url();
  }

  @Override
  public Agent agentAt(String base) {
    return Objects.requireNonNull(site).agentAt(base);
  }

  @Override
  public List<Place> places() {
    return List.of(
        MAKING_THE_BRANCH,
        new Place("POST", ".*/tasks"),
        new Place("GET", ".*/tasks/.*"),
        new Place("GET", ".*/git/ref/.*"));
  }

  @Override
  public Agent proposing() {
    return agentAt(working());
  }

  /** Its turns are its own. */
  @Override
  public int turnsTold() {
    return 0;
  }

  /** Nothing of what the agent says comes over the API: it has no word to decline with. */
  @Override
  @Test
  public void declinesWithTheReason() {
    assertThat(assertFailedWith(answer(declining()), FailureCode.EMPTY))
        .contains("ended without a branch");
  }

  @Override
  public Agent declining() {
    return ending(CopilotFixture.state("completed"));
  }

  @Override
  public Failing refusing() {
    return new Failing(
        ending(CopilotFixture.state("waiting_for_user")), FailureCode.REFUSED, "waits for");
  }

  /** By a limit of Copilot's own, which is one of time. */
  @Override
  public Failing truncated() {
    return new Failing(
        ending(CopilotFixture.state("timed_out")), FailureCode.TIMEOUT, "own time limit");
  }

  @Override
  public Failing changingNothing() {
    CopilotFixture changed = newSite();
    changed.produce(BRANCH, () -> changed.worker.commitStaged("nothing"));
    changed.github.says(CopilotFixture.completed(BRANCH));
    return new Failing(changed.agentAt(changed.github.url()), FailureCode.EMPTY);
  }

  @Override
  public Failing talkingNonsense() {
    return new Failing(
        ending(CopilotFixture.completed("../../../user")), FailureCode.SCHEMA, "which is refused");
  }

  /** What it takes is told at its end: its own budget counts whole before it is asked. */
  @Override
  public Failing overspending() {
    Agent agent = ending(CopilotFixture.state("completed"));
    AgentSpec lane =
        LaneSamples.bounded(sites.getLast().spec(Duration.ofMinutes(30)), 30, usd("2.00"));
    return new Failing(
        UntoldCost.counted(lane, "a task", new RunBudget(usd("1.00")), agent),
        FailureCode.BUDGET,
        "left to the run");
  }

  private static Workflow.Budget usd(String limit) {
    return new Workflow.Budget(new BigDecimal(limit), null);
  }

  /** A token that reads and makes no branches is one that cannot be used here, not a wrong one. */
  @Override
  public FailureCode forbidden(Place place) {
    return place.equals(MAKING_THE_BRANCH) ? FailureCode.UNAVAILABLE : FailureCode.AUTH;
  }

  /** GitHub has waits of its own, and passes over none of them. */
  @Override
  public int mostAttempts() {
    return 6;
  }

  private Agent ending(JsonObject state) {
    CopilotFixture ended = newSite();
    ended.github.says(state);
    return ended.agentAt(ended.github.url());
  }

  /** From now on it is what questions are about. */
  private CopilotFixture newSite() {
    try {
      Path place = Files.createTempDirectory(directory, "site");
      site = stage.open(new CopilotFixture(place, Map.of("a.txt", "one\n"), clock));
      sites.add(site);
      traffic.add(VendorTraffic.of(site.github.server()));
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
