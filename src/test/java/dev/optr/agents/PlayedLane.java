package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.testing.Front.Place;
import dev.optr.testing.PlayedModel;
import dev.optr.testing.VendorWire;
import dev.optr.testing.VendorWire.Call;
import dev.optr.testing.VendorWire.Calls;
import dev.optr.testing.VendorWire.Said;
import dev.optr.testing.VendorWire.Words;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The scenes of a lane whose model calls tools, played over one vendor's API. */
abstract class PlayedLane extends ProviderHarness implements HttpLaneContract {
  static final Call BAD = submit("missing.txt", "one", "two");
  static final Call GOOD = submit("a.txt", "one", "two");
  static final Call NOTHING = submit("a.txt", "one", "one");
  static final Call LIST = new Call("list_files", "{\"glob\": \"**\"}");

  private final Stage stage = new Stage();
  private final List<PlayedModel> models = new ArrayList<>();

  /** The vendor's side of the wire. */
  protected abstract VendorWire wire();

  @Override
  protected final String path() {
    return wire().path();
  }

  @AfterEach
  void everyRequestIsOneThatThePlayerTakes() {
    assertThat(models).allSatisfy(model -> assertThat(model.complaints()).isEmpty());
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

  /** There is one URL. */
  @Override
  public List<Place> places() {
    return List.of(Place.ANY);
  }

  @Override
  public String working() {
    return played(calls(LIST), calls(GOOD)).base();
  }

  @Override
  public Agent agentAt(String base) {
    return agent(spec(base), Secret.of(KEY));
  }

  @Override
  public Agent proposing() {
    return agentAt(played(calls(LIST), calls(BAD), calls(GOOD)).base());
  }

  @Override
  public int turnsTold() {
    return 2;
  }

  @Override
  public Agent declining() {
    Call decline = new Call("decline", "{\"reason\": \"" + REASON + "\"}");
    return agentAt(played(calls(decline)).base());
  }

  @Override
  public Failing refusing() {
    return new Failing(recorded("refusal"), FailureCode.REFUSED);
  }

  @Override
  public Failing truncated() {
    return new Failing(recorded("truncated"), FailureCode.TRUNCATED);
  }

  @Override
  public Failing changingNothing() {
    return new Failing(agentAt(played(calls(NOTHING)).base()), FailureCode.EMPTY);
  }

  @Override
  public Failing talkingNonsense() {
    return new Failing(
        agentAt(played(new Words("I would rather talk.")).base()), FailureCode.SCHEMA);
  }

  @Override
  public Failing overspending() {
    AgentSpec lane =
        LaneSamples.bounded(
            spec(played(calls(BAD)).base()), 100, new Workflow.Budget(null, 20_000L));
    return new Failing(agent(lane, Secret.of(KEY)), FailureCode.BUDGET, "own limit 20000 tokens");
  }

  /** The vendor's own answer of this kind. */
  private Agent recorded(String fixture) {
    answer(reply(200, fixture));
    return agent(spec(), Secret.of(KEY));
  }

  /** A model that was strict about what it got. */
  private PlayedModel played(Said... script) {
    PlayedModel model = stage.open(play(script));
    models.add(model);
    return model;
  }

  PlayedModel play(Said... script) {
    return PlayedModel.start(wire(), script);
  }

  static Calls calls(Call... calls) {
    return new Calls(List.of(calls));
  }

  private static Call submit(String path, String search, String replace) {
    JsonObject edit =
        Json.object()
            .put("op", "replace")
            .put("path", path)
            .put("to", Json.NULL)
            .put("search", search)
            .put("replace", replace)
            .put("content", Json.NULL)
            .put("executable", Json.NULL)
            .build();
    JsonObject arguments =
        Json.object()
            .put("summary", "Keep the session")
            .put("rationale", "It expires.")
            .put("ttvEstimateSeconds", 900)
            .put("invariants", Json.array(List.of()))
            .put("risks", Json.array(List.of()))
            .put("constraints", Json.array(List.of()))
            .put("edits", Json.array(List.of(edit)))
            .build();
    return new Call("submit_path", CanonicalJson.text(arguments));
  }
}
