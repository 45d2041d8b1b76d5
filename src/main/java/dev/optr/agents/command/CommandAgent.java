package dev.optr.agents.command;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneProgram;
import dev.optr.agents.LanePrograms;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.Question;
import dev.optr.agents.WorkingCopy;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.isolation.HostPort;
import dev.optr.process.OutputHead;
import dev.optr.process.OutputTail;
import dev.optr.process.ProgramResult;
import dev.optr.workflow.AgentSpec;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the program that {@code run} names. It gets the prompt on standard input, works in a copy of
 * what the lane may see, reaches the host of {@code endpoint} alone, and has the lane's own
 * credential under the name that {@code credential} gives it. A call of the protocol on standard
 * output is its answer; else what it changed is.
 */
public final class CommandAgent implements Agent {
  private static final int LARGEST_OUTPUT = 4 << 20;

  private final AgentSpec spec;
  private final Optional<Secret> credential;
  private final LanePrograms programs;
  private final List<HostPort> hosts;

  /**
   * @param spec with the arguments in {@code command}
   * @param credential value of the variable that {@code spec.credential()} names
   * @throws dev.optr.base.UserException where the endpoint is no URL
   */
  public CommandAgent(AgentSpec spec, Optional<Secret> credential, LanePrograms programs) {
    this.spec = spec;
    this.credential = credential;
    this.programs = programs;
    this.hosts = spec.endpoint() == null ? List.of() : List.of(host(spec, spec.endpoint()));
  }

  private static HostPort host(AgentSpec spec, String endpoint) {
    return HostPort.of(
        URI.create(
            ProviderEndpoint.checked(spec, "endpoint", endpoint, "https://models.example/v1")));
  }

  @Override
  public Optional<String> unavailable() {
    return programs.refusal(spec, hosts).or(this::withoutCredential).or(this::withoutProgram);
  }

  private Optional<String> withoutCredential() {
    return spec.credential() != null && credential.isEmpty()
        ? Optional.of("no credential; set the variable '" + spec.credential() + "'")
        : Optional.empty();
  }

  /** What is named from the working copy is known only once there is one. */
  private Optional<String> withoutProgram() {
    String program = spec.command().getFirst();
    boolean inWorkingCopy = program.contains("/") && !program.startsWith("/");
    return inWorkingCopy || programs.find(program).isPresent()
        ? Optional.empty()
        : Optional.of("there is no program " + name() + " here; install it, or change 'run'");
  }

  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    Optional<String> reason = unavailable();
    if (reason.isPresent()) {
      return new Answer.Failed(FailureCode.UNAVAILABLE, reason.get(), log.exchange());
    }
    Prompt prompt = LanePrograms.prompt(question);
    log.line(programs.line(prompt));
    OutputHead output = new OutputHead(LARGEST_OUTPUT);
    OutputTail errors = new OutputTail();
    try (WorkingCopy copy = programs.open(question)) {
      log.asked();
      ProgramResult result;
      try {
        result = programs.run(program(), copy, prompt, output, errors);
      } finally {
        // What a program of the user's spends, only the user knows.
        log.usedUnknown();
        log.line(line(copy, output, errors));
      }
      return answer(result, copy, output, errors, log);
    }
  }

  private static JsonObject line(WorkingCopy copy, OutputHead output, OutputTail errors) {
    return Json.object()
        .put("role", "program")
        .put("output", text(copy, output))
        .put("errors", copy.clean(errors))
        .build();
  }

  private Answer answer(
      ProgramResult result, WorkingCopy copy, OutputHead output, OutputTail errors, LaneLog log)
      throws InterruptedException {
    return switch (result) {
      case ProgramResult.Exited(int exitCode, _) ->
          exitCode == 0
              ? answer(copy, output, log)
              : failed(FailureCode.SERVICE, exited(exitCode, copy.clean(errors)), log);
      case ProgramResult.Stopped(@Nullable String exceeded, _) ->
          exceeded == null
              ? failed(FailureCode.TIMEOUT, name() + " took too long and was ended", log)
              : failed(FailureCode.BUDGET, name() + " was ended, since " + exceeded, log);
      case ProgramResult.NotStarted(String why) ->
          failed(FailureCode.UNAVAILABLE, name() + " could not be started: " + why, log);
    };
  }

  private LaneProgram program() {
    return new LaneProgram(spec, arguments(), variables(), hosts);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(spec.command());
    programs.find(arguments.getFirst()).ifPresent(found -> arguments.set(0, found.toString()));
    return arguments;
  }

  private Map<String, String> variables() {
    return spec.credential() == null
        ? Map.of()
        : Map.of(spec.credential(), credential.orElseThrow().reveal());
  }

  /** Its output as people read it: its end, without terminal controls and credentials. */
  private static String text(WorkingCopy copy, OutputHead output) {
    OutputTail tail = new OutputTail();
    tail.drain(new ByteArrayInputStream(output.bytes().toArray()));
    return copy.clean(tail);
  }

  private Answer answer(WorkingCopy copy, OutputHead output, LaneLog log)
      throws InterruptedException {
    Optional<Answer> submitted =
        output.wasCut() ? Optional.empty() : copy.submitted(output.bytes().utf8(), log);
    if (submitted.isPresent() && !(submitted.get() instanceof Answer.Failed)) {
      return submitted.get();
    }
    Answer worked = copy.answer(copy.claim(text(copy, output)), log);
    boolean nothing =
        worked instanceof Answer.Failed(FailureCode code, _, _) && code == FailureCode.EMPTY;
    return nothing ? submitted.orElse(worked) : worked;
  }

  private String exited(int exitCode, String complaint) {
    String tail = complaint.substring(Math.max(0, complaint.length() - 300));
    return name()
        + " exited with "
        + exitCode
        + (tail.isBlank() ? "" : ": '" + ProviderFailure.oneLine(tail) + "'");
  }

  private String name() {
    return "'" + ProviderFailure.oneLine(spec.command().getFirst()) + "'";
  }

  private static Answer failed(FailureCode code, String message, LaneLog log) {
    return new Answer.Failed(code, message, log.exchange());
  }
}
