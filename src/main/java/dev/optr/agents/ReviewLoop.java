package dev.optr.agents;

import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks one model for its verdicts on one change: one turn, and one more to mend the form. */
final class ReviewLoop {
  /** The most tokens that one turn of a judge may take, its reasoning included. */
  static final int MOST_OUTPUT = 16_000;

  private static final int MOST_TURNS = 2;
  private static final int MOST_PAUSES = 4;
  private static final int LEAST_PROMPT = 1000;

  private final Models.Model model;
  private final Provider provider;
  private final TurnMeter meter;
  private final LaneRequests requests;
  private final LaneLog log;

  ReviewLoop(
      Models.Model model, Provider provider, TurnMeter meter, LaneRequests requests, LaneLog log) {
    this.model = model;
    this.provider = provider;
    this.meter = meter;
    this.requests = requests;
    this.log = log;
  }

  /** What a turn came to. */
  private sealed interface Heard {}

  private record Verdicts(List<Verdict> verdicts) implements Heard {}

  /**
   * @param repair asks for the right form
   */
  private record Nonsense(String problem, Message repair) implements Heard {}

  private record Paused() implements Heard {}

  private record Over(FailureCode code, String message) implements Heard {}

  Judgement run(ReviewQuestion question, Order order) throws InterruptedException {
    Prompt prompt = prompt(question, order);
    if (model.isNamed()) {
      log.model(model.name());
    }
    log.line(prompt.line());
    if (prompt.clipped()) {
      log.clipped();
    }
    meter.grow(prompt.length());
    List<Tool> tools = List.of(SubmitVerdicts.tool());
    try (Conversation talk = provider.open(model.name(), prompt, tools, requests)) {
      return talk(talk, question, prompt.clipped());
    }
  }

  /** The most of the change that one message of the provider's can carry. */
  private Prompt prompt(ReviewQuestion question, Order order) {
    int characters = model.characters();
    Prompt prompt = ReviewPrompt.of(question, order, characters, provider.protocol());
    while (prompt.jsonBytes() > provider.longestMessage() && characters > LEAST_PROMPT) {
      characters = characters / 4 * 3;
      prompt = ReviewPrompt.of(question, order, characters, provider.protocol());
    }
    return prompt;
  }

  private Judgement talk(Conversation talk, ReviewQuestion question, boolean partial)
      throws InterruptedException {
    Optional<Message> message = Optional.empty();
    String problem = "";
    int pauses = 0;
    for (int turns = 0; turns < MOST_TURNS && pauses <= MOST_PAUSES; ) {
      switch (turn(talk, message, question)) {
        case Verdicts(List<Verdict> verdicts) -> {
          return new Judgement.Given(verdicts, partial, log.exchange());
        }
        case Over(FailureCode code, String why) -> {
          return new Judgement.Failed(code, why, log.exchange());
        }
        case Nonsense(String what, Message repair) -> {
          turns++;
          problem = what;
          message = Optional.of(repair);
        }
        case Paused _ -> {
          pauses++;
          problem = "paused again and again";
          message = Optional.of(new Message.Resume());
        }
      }
    }
    return new Judgement.Failed(FailureCode.SCHEMA, problem, log.exchange());
  }

  private Heard turn(Conversation talk, Optional<Message> message, ReviewQuestion question)
      throws InterruptedException {
    return switch (meter.allow()) {
      case Spending.Exhausted(String why) -> new Over(FailureCode.BUDGET, why);
      case Spending.Allowed allowed -> {
        Turn turn =
            meter.take(
                allowed,
                () ->
                    message.isEmpty()
                        ? talk.begin(allowed.outputTokens())
                        : talk.next(message.get(), allowed.outputTokens()));
        log.endTurn(List.of());
        yield heard(turn.said(), question);
      }
    };
  }

  private Heard heard(Turn.Said said, ReviewQuestion question) {
    return switch (said) {
      case Turn.Calls(List<ToolCall> calls) -> read(calls, question, results(calls));
      case Turn.Text(String text) -> read(TextProtocol.calls(text), question, Message.Text::new);
      case Turn.Paused _ -> new Paused();
      case Turn.Failed(FailureCode code, String message) -> new Over(code, message);
    };
  }

  /** How the model is told what is wrong. */
  @FunctionalInterface
  private interface Repair {
    Message of(String problem);
  }

  private static Repair results(List<ToolCall> calls) {
    return problem ->
        new Message.Results(
            calls.stream().map(call -> new ToolResult(call.id(), problem, true)).toList());
  }

  /** The one call that is meant for this change; what else a text repeats is not looked at. */
  private Heard read(List<ToolCall> calls, ReviewQuestion question, Repair repair) {
    List<JsonObject> meant =
        calls.stream()
            .filter(call -> call.name().equals(SubmitVerdicts.NAME))
            .flatMap(call -> Submission.arguments(call.arguments()).stream())
            .filter(arguments -> question.alias().equals(arguments.text("change")))
            .toList();
    if (meant.size() != 1) {
      String found = meant.isEmpty() ? "no call" : meant.size() + " calls";
      return nonsense(
          found + " of submit_verdicts with 'change': '" + question.alias() + "'",
          question,
          repair);
    }
    return switch (SubmitVerdicts.parse(meant.getFirst(), question)) {
      case SubmitVerdicts.Parsed(List<Verdict> verdicts) -> new Verdicts(verdicts);
      case SubmitVerdicts.Invalid(List<String> errors) ->
          nonsense(String.join("; ", firstFew(errors)), question, repair);
    };
  }

  private static List<String> firstFew(List<String> errors) {
    return Stream.concat(
            errors.stream().limit(5),
            errors.size() > 5 ? Stream.of("and " + (errors.size() - 5) + " more") : Stream.of())
        .toList();
  }

  private static Nonsense nonsense(String problem, ReviewQuestion question, Repair repair) {
    String wanted =
        "That was no answer: %s. Call submit_verdicts exactly once; where you have no tools, answer with one JSON object and nothing else: {\"tool\": \"submit_verdicts\", \"arguments\": {\"change\": \"%s\", \"verdicts\": [{\"constraint\": \"...\", \"held\": true, \"quote\": \"...\"}]}}"
            .formatted(problem, question.alias());
    return new Nonsense("answered with " + problem, repair.of(wanted));
  }
}
