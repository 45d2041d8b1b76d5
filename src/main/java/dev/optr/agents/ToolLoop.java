package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.workflow.AgentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks one model turn by turn until it hands in a path, declines, or reaches a bound: turns, tokens
 * and money are counted here, whatever the provider counts.
 */
final class ToolLoop {
  // How much of a result is kept word by word; the rest can be had again from the frozen tree.
  private static final int MOST_KEPT = 4096;
  private static final int MOST_NONSENSE = 2;
  private static final int LEAST_PROMPT = 1000;

  private final AgentSpec spec;
  private final Models.Model model;
  private final Provider provider;
  private final TurnMeter meter;
  private final LaneRequests requests;
  private final LaneLog log;

  private int nonsense;

  ToolLoop(
      AgentSpec spec,
      Models.Model model,
      Provider provider,
      TurnMeter meter,
      LaneRequests requests,
      LaneLog log) {
    this.spec = spec;
    this.model = model;
    this.provider = provider;
    this.meter = meter;
    this.requests = requests;
    this.log = log;
  }

  /** What a turn leads to. */
  private sealed interface Next {}

  private record Go(Message message) implements Next {}

  private record Over(Workbench.LastWord lastWord) implements Next {}

  Answer run(Question question) throws InterruptedException {
    Prompt prompt = prompt(question);
    if (model.isNamed()) {
      log.model(model.name());
    }
    log.line(prompt.line());
    if (prompt.clipped()) {
      log.clipped();
    }
    meter.grow(prompt.length() + toolsLength());
    try (Conversation talk = provider.open(model.name(), prompt, Toolbox.tools(), requests)) {
      return answer(talk(talk, new Workbench(question, log.clock())));
    }
  }

  private static long toolsLength() {
    return Toolbox.tools().stream()
        .mapToLong(tool -> tool.description().length() + CanonicalJson.text(tool.schema()).length())
        .sum();
  }

  /** The largest prompt that one message of the provider's can carry. */
  private Prompt prompt(Question question) {
    int characters = characters();
    Prompt prompt = Prompt.of(question, characters, provider.protocol());
    while (prompt.jsonBytes() > provider.longestMessage() && characters > LEAST_PROMPT) {
      characters = characters / 4 * 3;
      prompt = Prompt.of(question, characters, provider.protocol());
    }
    return prompt;
  }

  private int characters() {
    @Nullable Long tokens = spec.budget().tokens();
    return tokens == null
        ? model.characters()
        : (int) Math.min(model.characters(), tokens * TurnMeter.CHARACTERS_PER_TOKEN / 2);
  }

  private Workbench.LastWord talk(Conversation talk, Workbench workbench)
      throws InterruptedException {
    @Nullable Message message = null;
    for (int number = 1; number <= spec.turns(); number++) {
      switch (meter.allow()) {
        case Spending.Exhausted(String why) -> {
          return new Workbench.Useless(FailureCode.BUDGET, why);
        }
        case Spending.Allowed allowed -> {
          @Nullable Message told = message;
          Turn turn =
              meter.take(
                  allowed,
                  () ->
                      told == null
                          ? talk.begin(allowed.outputTokens())
                          : talk.next(told, allowed.outputTokens()));
          switch (react(turn, allowed, workbench, number)) {
            case Over(Workbench.LastWord lastWord) -> {
              return lastWord;
            }
            case Go(Message next) -> message = next;
          }
        }
      }
    }
    return new Workbench.Useless(
        FailureCode.BUDGET, "used all " + spec.turns() + " turns without a path or a reason");
  }

  private Next react(Turn turn, Spending.Allowed allowed, Workbench workbench, int number)
      throws InterruptedException {
    return switch (turn.said()) {
      case Turn.Calls(List<ToolCall> calls) -> {
        Workbench.Reaction reaction = workbench.react(calls);
        yield called(reaction, calls, number, Message.Results::new);
      }
      case Turn.Text(String text) -> text(text, workbench, number);
      case Turn.Paused _ -> {
        log.endTurn(List.of());
        yield new Go(new Message.Resume());
      }
      case Turn.Failed(FailureCode code, String message) -> {
        log.endTurn(List.of());
        boolean cutByUs =
            code == FailureCode.TRUNCATED && allowed.outputTokens() < model.outputTokens();
        yield new Over(
            cutByUs
                ? new Workbench.Useless(
                    FailureCode.BUDGET,
                    "the answer was cut at %d tokens, all that the budget left"
                        .formatted(allowed.outputTokens()))
                : new Workbench.Useless(code, message));
      }
    };
  }

  private Next text(String text, Workbench workbench, int number) throws InterruptedException {
    List<ToolCall> calls = TextProtocol.calls(text);
    if (!calls.isEmpty()) {
      return called(
          workbench.react(calls),
          calls,
          number,
          results -> new Message.Text(TextProtocol.results(calls, results)));
    }
    log.endTurn(List.of());
    FailureCode code = text.isBlank() ? FailureCode.EMPTY : FailureCode.SCHEMA;
    String problem =
        text.isBlank()
            ? "neither a tool call nor text"
            : "answered with text instead of calling submit_path or decline";
    return nonsense(code, problem, new Message.Text(TextProtocol.repair()));
  }

  private Next called(
      Workbench.Reaction reaction,
      List<ToolCall> calls,
      int number,
      Function<List<ToolResult>, Message> message) {
    return switch (reaction) {
      case Workbench.Results(List<ToolResult> results, boolean understood, String doing) -> {
        log.endTurn(lines(calls, results));
        log.tell(new LaneEvent.Turn(number, log.tokens(), doing));
        Message next = message.apply(warned(results, number));
        meter.grow(next.length());
        if (understood) {
          nonsense = 0;
          yield new Go(next);
        }
        yield nonsense(FailureCode.SCHEMA, results.getLast().text(), next);
      }
      case Workbench.LastWord over -> {
        log.endTurn(lines(calls, List.of()));
        yield new Over(over);
      }
    };
  }

  private Next nonsense(FailureCode code, String problem, Message repair) {
    nonsense++;
    return nonsense < MOST_NONSENSE
        ? new Go(repair)
        : new Over(new Workbench.Useless(code, problem));
  }

  /** Before its last turn the model is told so. */
  private List<ToolResult> warned(List<ToolResult> results, int number) {
    if (number != spec.turns() - 1) {
      return results;
    }
    List<ToolResult> warned = new ArrayList<>(results);
    ToolResult last = warned.removeLast();
    String note = "\n\n[optr: your next turn is the last one: call submit_path or decline]";
    warned.add(new ToolResult(last.callId(), last.text() + note, last.error()));
    return warned;
  }

  private Answer answer(Workbench.LastWord lastWord) {
    Exchange exchange = log.exchange();
    return switch (lastWord) {
      case Workbench.Path(Proposal proposal) -> new Answer.Proposed(proposal, exchange);
      case Workbench.Nothing(String reason) -> new Answer.Declined(reason, exchange);
      case Workbench.Useless(FailureCode code, String message) ->
          new Answer.Failed(code, message, exchange);
    };
  }

  private List<JsonObject> lines(List<ToolCall> calls, List<ToolResult> results) {
    List<JsonObject> lines = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Json.Builder line = Json.object().put("tool", WellFormed.text(calls.get(i).name()));
      line.put("arguments", arguments(calls.get(i)));
      if (i < results.size()) {
        String text = WellFormed.text(results.get(i).text());
        line.put("error", results.get(i).error())
            .put("resultSha256", Digest.sha256(text.getBytes(UTF_8)))
            .put("resultCharacters", text.length())
            .put("result", text.length() <= MOST_KEPT ? text : kept(text));
      }
      lines.add(line.build());
    }
    return lines;
  }

  private static String kept(String text) {
    return WellFormed.text(text.substring(0, MOST_KEPT)) + " [cut]";
  }

  private Json arguments(ToolCall call) {
    if (!log.hasRoom(call.arguments().length())) {
      return Json.text("[" + call.arguments().length() + " characters]");
    }
    return Submission.arguments(call.arguments())
        .map(WellFormed::object)
        .map(Json.class::cast)
        .orElseGet(() -> Json.text(WellFormed.text(call.arguments())));
  }
}
