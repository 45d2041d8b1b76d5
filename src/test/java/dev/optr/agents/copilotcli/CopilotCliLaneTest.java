package dev.optr.agents.copilotcli;

import dev.optr.agents.Agent;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.ProgramLane;
import dev.optr.agents.ProgramLaneContract;
import dev.optr.agents.Stage;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Copilot's program, which says what went wrong in events. */
class CopilotCliLaneTest implements ProgramLaneContract {
  private static final String TURN = "echo '{\"type\":\"assistant.turn_start\",\"data\":{}}'; ";

  private final Stage stage = new Stage();
  @TempDir Path directory;
  private ProgramLane lane;

  @BeforeEach
  void opens() {
    lane = in(directory);
  }

  /** Where its programs run. */
  ProgramLane in(Path place) {
    return new ProgramLane(place);
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public ProgramLane lane() {
    return lane;
  }

  @Override
  public Agent running(String script, Duration timeout) {
    lane.script("copilot", script);
    AgentSpec spec =
        ProgramLane.spec(AgentType.GITHUB_COPILOT, List.of(), null, null, Workflow.Budget.NONE);
    return new CopilotCliAgent(
        LaneSamples.within(spec, timeout), Secret.of(ProgramLane.KEY), lane.programs());
  }

  @Override
  public Agent proposing() {
    return running(TURN + TURN + "echo two > a.txt");
  }

  @Override
  public int turnsTold() {
    return 2;
  }

  @Override
  public Agent declining() {
    return running(calling("decline", REASON));
  }

  /** What is no event is passed over, and nothing is left. */
  @Override
  public Failing talkingNonsense() {
    return new Failing(
        running("echo '{\"type\": \"result\", '; echo '[]'; echo x"),
        FailureCode.EMPTY,
        "it changed no file");
  }

  @Override
  public Failing rejected() {
    return failing("authentication", 401, FailureCode.AUTH);
  }

  @Override
  public Failing withoutMoney() {
    return failing("query", 402, FailureCode.QUOTA);
  }

  @Override
  public Failing complaining() {
    return failing("query", 500, FailureCode.SERVICE);
  }

  /** Its tokens are known only at its end: what is bounded is its turns. */
  @Override
  public Failing overspending() {
    return new Failing(
        running("i=0; while [ $i -le 30 ]; do " + TURN + "i=$((i+1)); done; sleep 6023"),
        FailureCode.BUDGET,
        "more turns");
  }

  private Failing failing(String type, int status, FailureCode code) {
    String event =
        "{\"type\":\"session.error\",\"data\":{\"errorType\":\"%s\",\"statusCode\":%d,\"message\":\"with %s\"}}"
            .formatted(type, status, ProgramLane.KEY);
    return new Failing(
        running("echo '" + event + "'; exit 1"), code, "'copilot' gave up: 'with ***'");
  }

  @Override
  public String calling(String tool, String words) {
    String event =
        CanonicalJson.text(
            Json.object()
                .put("type", "assistant.message")
                .put("data", Json.object().put("content", ProgramLane.call(tool, words)).build())
                .build());
    return "cat <<'END'\n" + event + "\nEND\n";
  }
}
