package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.git.Edit;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider asked over HTTP must do, whatever the provider does. */
public abstract class AgentContract extends TransportContract {
  /**
   * The vendor's recorded answers.
   *
   * @param fixtures name of their folder
   * @param cached tokens of the proposal's input
   * @param written tokens of the proposal's input; null where there is no such count
   * @param usd what the proposal cost: tokens of each kind times their price
   */
  public record Samples(
      AgentType type,
      String fixtures,
      String requestIdHeader,
      Long cached,
      @Nullable Long written,
      String usd) {
    /** Those of the Responses API. */
    public static Samples responses(AgentType type) {
      return new Samples(type, "openai", "x-request-id", 3072L, 16L, "0.0045112");
    }
  }

  protected abstract Samples samples();

  @Override
  protected final AgentType type() {
    return samples().type();
  }

  @Override
  protected final String fixtures() {
    return samples().fixtures();
  }

  @Override
  protected final String requestIdHeader() {
    return samples().requestIdHeader();
  }

  @Test
  void givesTheProposalThatTheToolCallHolds() {
    answer(reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    Proposal proposal = ((Answer.Proposed) answer).proposal();
    assertThat(LaneSamples.edits(proposal))
        .containsExactly(
            new Edit.Replace("a.txt", "one", "two"), new Edit.Create("b.txt", "new\n", false));
    assertThat(proposal.ttvEstimateSeconds()).isEqualTo(900L);
    assertThat(proposal.constraints())
        .containsExactly(new Proposal.ConstraintClaim("c1", true, "no signature changes"));
  }

  @Test
  void recordsHowTheAnswerCameAbout() {
    answer(reply(200, "proposal"));

    Exchange exchange = ask().exchange();

    assertThat(exchange.usage())
        .isEqualTo(
            new Usage(
                4120L,
                210L,
                samples().cached(),
                samples().written(),
                160L,
                new BigDecimal(samples().usd()),
                1,
                0));
    assertThat(exchange.requestIds()).containsExactly("req_1");
    assertThat(exchange.model())
        .startsWith(ProviderEndpoint.model(spec(), Models.shipped()).name() + "-2026");
    assertThat(exchange.clipped()).isFalse();
    assertThat(exchange.transcript()).hasSize(2);
    assertThat(passed).containsExactly("request answered with 200");
  }

  @Test
  void readsTheProtocolFromTextWhereNoToolIsCalled() {
    answer(reply(200, "text"));

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
  }

  @Test
  void namesEachFailureOfAnAnswerThatCame() {
    assertFails("empty", FailureCode.EMPTY);
    assertFails("no-edits", FailureCode.EMPTY);
    assertFails("prose", FailureCode.SCHEMA);
    assertFails("two-tools", FailureCode.SCHEMA);
    assertThat(assertFails("wrong-tool", FailureCode.SCHEMA)).contains("'run_shell'");
    assertThat(assertFails("schema-invalid", FailureCode.SCHEMA))
        .contains("'extra' is unknown")
        .contains("edits[0].replace: expected a text, found nothing")
        .contains("edits[1].op: expected create, replace, rewrite, delete or rename, found 'move'");
  }

  @Test
  void keepsTheUsageOfFailuresThatWerePaidFor() {
    answer(reply(200, "refusal"));

    assertThat(ask().exchange().usage().inputTokens()).isEqualTo(4120L);
  }

  @Test
  void showsItsKeyToNobodyButTheProvider() throws IOException {
    AnswerStore store =
        new AnswerStore(
            directory.resolve("store"),
            new Disk(Checkpoint.NONE),
            new Redactor(List.of(Secret.of(KEY))));
    for (String fixture : List.of("bad-key", "invalid-request", "proposal", "refusal")) {
      answer(reply(fixture.equals("proposal") || fixture.equals("refusal") ? 200 : 400, fixture));
      Answer answer = ask();
      assertThat(answer.toString().replace(answer.exchange().toString(), "")).doesNotContain(KEY);
      store.keep(LaneSamples.INPUT_DIGEST, spec(), answer);
    }
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain(KEY));
    }
    assertThat(told.toString() + passed).doesNotContain(KEY);
    assertThat(agent(spec(), Secret.of(KEY)).toString()).doesNotContain(KEY);
  }

  @Test
  void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() {
    assertThatThrownBy(() -> agent(spec(), Secret.of("sk-1\n" + KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("agent 'lane'")
        .hasMessageNotContaining(KEY);
  }

  @Test
  void sendsAKeyAsItIs() {
    answer(reply(200, "decline"));

    String odd = "{key}-%7B$&";
    Answer answer = ask(agent(spec(), Secret.of(odd)));

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(server.getAllServeEvents().getFirst().getRequest().getHeaders().all().toString())
        .contains(odd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "no url", "https://user:pw@host", "https:///v1", "file:///etc"})
  void refusesAnEndpointThatIsNoHttpUrl(String endpoint) {
    AgentSpec spec = spec(endpoint);

    assertThatThrownBy(() -> agent(spec, Secret.of(KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("endpoint");
  }

  @Test
  void asksNobodyWhereTheBudgetLeavesNothing() {
    AgentSpec spec = withBudget(1);

    assertFailed(ask(spec), FailureCode.BUDGET);
    assertThat(requests()).isZero();
  }

  @Test
  void asksForAPromptAndAnAnswerWithinTheBudget() {
    answer(reply(200, "decline"));

    ask(withBudget(9_000));

    JsonObject body = sentBody();
    Long output =
        Stream.of("max_tokens", "max_output_tokens", "max_completion_tokens")
            .map(body::integer)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    // Three characters of prompt count as a token, rather too few.
    assertThat(output).isBetween(2_000L, 8_000L);
  }

  @Test
  void saysWhoAsks() {
    answer(reply(200, "decline"));

    ask();

    assertThat(server.getAllServeEvents().getFirst().getRequest().header("User-Agent").firstValue())
        .isEqualTo("optr/1.2.3");
  }

  private AgentSpec withBudget(long tokens) {
    return LaneSamples.bounded(spec(), 30, new Workflow.Budget(null, tokens));
  }
}
