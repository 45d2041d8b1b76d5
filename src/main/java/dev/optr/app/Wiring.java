package dev.optr.app;

import dev.optr.agents.AnswerStore;
import dev.optr.agents.Judges;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.agents.LanePrograms;
import dev.optr.agents.Lanes;
import dev.optr.agents.ProgramPolicy;
import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.datalake.DataLake;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Bench;
import dev.optr.evidence.CommandPolicy;
import dev.optr.evidence.CommandRunner;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.Interference;
import dev.optr.evidence.MissingPrograms;
import dev.optr.evidence.OtherHeads;
import dev.optr.evidence.Reviewing;
import dev.optr.evidence.Verification;
import dev.optr.execution.Execution;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.intent.ContextRules;
import dev.optr.ledger.Signer;
import dev.optr.record.Attester;
import dev.optr.record.Recorder;
import dev.optr.selection.SelectOptr;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One method of {@code new}s per part: who is made of what. */
final class Wiring {
  private final Host host;
  private final Workflow workflow;
  private final Credentials credentials;
  private final Redactor redactor;
  private final Function<LanePrograms, LaneWiring> agents;
  private final Function<CandidateIsolation, ProgramPolicy> programs;
  private @Nullable CandidateIsolation found;

  /**
   * @param place where agents work that work at GitHub
   * @param programs how agents that are programs of this machine are started
   * @param recordings reads a recording by its path relative to the workflow file
   */
  Wiring(
      Host host,
      Workflow workflow,
      Credentials credentials,
      GitHubPlace place,
      Function<CandidateIsolation, ProgramPolicy> programs,
      Function<String, Bytes> recordings) {
    this.host = host;
    this.workflow = workflow;
    this.credentials = credentials;
    this.redactor = new Redactor(credentials.all(workflow));
    this.programs = programs;
    this.agents =
        started -> new LaneWiring(host, workflow, credentials, place, started, recordings);
  }

  Redactor redactor() {
    return redactor;
  }

  /**
   * Finds out how candidate code is isolated here, once; before lanes are made and commands run.
   */
  CandidateIsolation isolate(Workflow.Isolation unlessSaid, Path temporary) {
    if (found == null) {
      found = CandidateIsolation.probe(workflow, unlessSaid, temporary);
    }
    return found;
  }

  /** What was found. */
  CandidateIsolation isolation() {
    return found == null ? CandidateIsolation.NOT_SOUGHT : found;
  }

  /** Commands run here; after {@link #isolate}. */
  Verification commandsHere(TreeStore trees, Path temporary) {
    CommandRunner runner =
        new CommandRunner(
            trees,
            host.environment(),
            temporary,
            redactor,
            System::nanoTime,
            processors(),
            isolation().machine());
    return new Verification.Here(isolation().policy(), runner);
  }

  /**
   * Agents judge constraints in words now.
   *
   * @param headChange what the frozen commit changes, where agents may be asked about that
   */
  Bench bench(Judges judges, Optional<TreeDiff> headChange) {
    return new Bench(judges, Wiring::alias, ContextRules.of(workflow).visible(), headChange);
  }

  /**
   * @param others empty where no other branch counts
   */
  Examiner examiner(
      Prepared prepared,
      TreeStore trees,
      Verification verification,
      Optional<OtherHeads.Source> others,
      Reviewing reviewing) {
    Optional<Interference> interference =
        others.map(
            heads ->
                new Interference(
                    trees.mergeTrials(prepared.frozen().commit(), processors()), heads));
    return new Examiner(
        workflow,
        prepared.intent(),
        prepared.workflowFiles(),
        prepared.frozen(),
        trees,
        verification,
        interference,
        reviewing,
        redactor,
        System::nanoTime);
  }

  /** Captures what is answered about a frozen tree. */
  DataLake dataLake(TreeStore trees, FrozenTree frozen) {
    return new DataLake(trees, frozen, redactor);
  }

  /** The lanes that are asked, and those whose answers stand. */
  LaneSource.Asked asked(Prepared prepared, TreeStore trees, RunPlace place) {
    return new LaneSource.Asked(
        lanes(prepared.retrying().asked(prepared.lanes()), place.state(), place.progress()),
        prepared.question(trees),
        dataLake(trees, prepared.frozen()),
        prepared.retrying().kept());
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** What is known before anybody is asked: commands that can find nothing out here. */
  List<String> missingPrograms() {
    return switch (isolation().policy()) {
      case CommandPolicy.Run _ -> new MissingPrograms(host.environment()).of(workflow.invariants());
      case CommandPolicy.Unknown _ -> List.of();
    };
  }

  /** Who among these lanes can judge the others. */
  Judges judges(List<Lane> lanes, LaneListener listener) {
    return new Judges(lanes, listener, host.clock(), redactor);
  }

  /** Drawn anew for each path, so that nobody can know it while he writes one. */
  private static String alias() {
    byte[] drawn = new byte[6];
    new SecureRandom().nextBytes(drawn);
    return "change-" + HexFormat.of().formatHex(drawn);
  }

  Lanes lanes(List<Lane> lanes, Path state, LaneListener listener) {
    AnswerStore store = answers(state);
    return new Lanes(
        lanes, workflow.execution(), workflow.serial(), store, listener, host.clock(), redactor);
  }

  AnswerStore answers(Path state) {
    return new AnswerStore(state, new Disk(host.checkpoint()), redactor);
  }

  /**
   * @param isolation what commands ran in
   */
  Orchestrator orchestrator(
      DataLakePaths paths,
      Examiner examiner,
      String isolation,
      Optional<RunLedger> ledger,
      Execution execution) {
    return new Orchestrator(
        workflow,
        paths,
        examiner,
        isolation,
        new SelectOptr(),
        new Recorder(redactor, attester(ledger)),
        ledger,
        execution);
  }

  private Attester attester(Optional<RunLedger> ledger) {
    Optional<Signer> signer =
        workflow.compliance().isEmpty() ? Optional.empty() : LocalLedger.signer(credentials);
    return new Attester(ledger.map(RunLedger::repository), RunLedger.tool(), signer);
  }

  private LanePrograms started() {
    return new LanePrograms(
        programs.apply(isolation()),
        host.environment(),
        host::network,
        host.temporary(),
        System::nanoTime,
        redactor);
  }

  /** Every lane of the workflow file, or those that are named; after {@link #isolate}. */
  List<Lane> lanes(List<String> only) {
    List<String> known = workflow.agents().stream().map(AgentSpec::name).toList();
    List<String> unknown = only.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new UserException("--agents: no agent is called " + unknown + "; there are " + known);
    }
    LaneWiring wired = agents.apply(started());
    return workflow.agents().stream()
        .filter(spec -> only.isEmpty() || only.contains(spec.name()))
        .map(wired::lane)
        .toList();
  }
}
