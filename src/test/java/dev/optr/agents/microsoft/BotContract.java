package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Agent;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpLaneContract;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Provider;
import dev.optr.agents.Question;
import dev.optr.agents.Stage;
import dev.optr.agents.TestClock;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** The services without tools: their agents have no word but words. */
abstract class BotContract extends MicrosoftHarness implements HttpLaneContract {
  private final Stage stage = new Stage();
  private final List<Supplier<List<String>>> complaints = new ArrayList<>();

  /** Base URL of a service whose agent says these, one per turn, the last again and again. */
  abstract String playing(String... texts);

  abstract AgentSpec lane(String base);

  abstract Provider provider(AgentSpec lane);

  /** What a played service has to say against requests has to be nothing. */
  final void heed(Supplier<List<String>> complaintsOfPlayer) {
    complaints.add(complaintsOfPlayer);
  }

  @AfterEach
  void everyRequestWasOneThatTheServiceTakes() {
    assertThat(complaints).allSatisfy(found -> assertThat(found.get()).isEmpty());
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
    return KEY;
  }

  @Override
  public Question question() {
    try {
      return LaneSamples.question(Files.createTempDirectory(directory, "repository"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String working() {
    return playing(LIST, PATH);
  }

  @Override
  public Agent agentAt(String base) {
    AgentSpec lane = lane(base);
    return agent(lane, provider(lane));
  }

  @Override
  public Agent proposing() {
    return saying("Here you go:\n```json\n" + LIST + "\n```", BAD, "I mend it. " + PATH + " Done.");
  }

  @Override
  public int turnsTold() {
    return 2;
  }

  @Override
  public Agent declining() {
    return saying(
        "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"The tree already does it.\"}}");
  }

  /** Nothing but words, which are no call. */
  @Override
  public Failing refusing() {
    return new Failing(saying("I am not allowed to do that."), FailureCode.SCHEMA, "with text");
  }

  /** Half a call is none, and nobody says that the other half is missing. */
  @Override
  public Failing truncated() {
    return new Failing(saying(PATH.substring(0, 80)), FailureCode.SCHEMA, "with text");
  }

  @Override
  public Failing changingNothing() {
    return new Failing(
        saying(PATH.replace("\"replace\": \"two\"", "\"replace\": \"one\"")), FailureCode.EMPTY);
  }

  @Override
  public Failing talkingNonsense() {
    return new Failing(saying("{\"tool\": \"submit_path\", \"arguments\": 7}"), FailureCode.SCHEMA);
  }

  /** Nobody tells usage: tokens are estimated. */
  @Override
  public Failing overspending() {
    AgentSpec lane =
        LaneSamples.bounded(lane(playing(LIST)), 100, new Workflow.Budget(null, 30_000L));
    return new Failing(agent(lane, provider(lane)), FailureCode.BUDGET, "own limit 30000 tokens");
  }

  private Agent saying(String... texts) {
    return agentAt(playing(texts));
  }
}
