package dev.optr.app;

import dev.optr.agents.Answer;
import dev.optr.agents.Step;
import dev.optr.datalake.DataLake;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.Execution;
import dev.optr.execution.Performed;
import dev.optr.execution.Plan;
import dev.optr.intent.Intent;
import dev.optr.ledger.Receipt;
import dev.optr.record.DecidedBy;
import dev.optr.record.Documents;
import dev.optr.record.Recorder;
import dev.optr.record.RunFacts;
import dev.optr.selection.Selection;
import dev.optr.selection.Selector;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The canonical flow, once through: intent, agents, capture, evidence, selection, ledger and
 * commit.
 */
final class Orchestrator {
  private final Workflow workflow;
  private final DataLakePaths paths;
  private final Examiner examiner;
  private final String isolation;
  private final Selector selector;
  private final Recorder recorder;
  private final Optional<RunLedger> ledger;
  private final Execution execution;

  /**
   * @param paths where the run's documents lie
   * @param isolation what commands run in
   * @param ledger empty where the run writes no entry
   */
  Orchestrator(
      Workflow workflow,
      DataLakePaths paths,
      Examiner examiner,
      String isolation,
      Selector selector,
      Recorder recorder,
      Optional<RunLedger> ledger,
      Execution execution) {
    this.workflow = workflow;
    this.paths = paths;
    this.examiner = examiner;
    this.isolation = isolation;
    this.selector = selector;
    this.recorder = recorder;
    this.ledger = ledger;
    this.execution = execution;
  }

  Outcome run(Intent intent, LaneSource lanes) throws InterruptedException {
    List<Examined> answered = examined(lanes);
    HeadExamined head = examiner.examineHead();
    List<Examined> examined = examiner.settle(answered);
    Selection selection = selector.select(workflow, examined);
    Documents documents = recorder.write(facts(intent, head, selection));
    Optional<Receipt> receipt = ledger.map(book -> book.append(documents));
    Plan plan = Plan.of(intent, head, selection, documents, receipt, workflow.gate());
    Performed performed = execution.perform(plan);
    @Nullable String entry = receipt.map(Receipt::entryId).orElse(null);
    @Nullable String begun = ledger.flatMap(book -> receipt.flatMap(book::begun)).orElse(null);
    return new Outcome(intent, head, selection, entry, begun, plan.gate(), performed);
  }

  private List<Examined> examined(LaneSource source) throws InterruptedException {
    return switch (source) {
      case LaneSource.Asked asked -> examined(asked, workflow, examiner);
      case LaneSource.Bundled(List<Examined> before) -> examinedAgain(before, examiner);
    };
  }

  /** Asks the lanes; every lane of the run is there, in the order of the workflow file. */
  static List<Examined> examined(LaneSource.Asked asked, Workflow workflow, Examiner examiner)
      throws InterruptedException {
    List<Examined> all = new ArrayList<>(examinedAgain(asked.kept(), examiner));
    all.addAll(asked.lanes().run(asked.question(), captureAndExamine(asked.dataLake(), examiner)));
    List<String> order = workflow.agents().stream().map(AgentSpec::name).toList();
    all.sort(Comparator.comparingInt(lane -> order.indexOf(lane.candidate().agent())));
    return all;
  }

  private static List<Examined> examinedAgain(List<Examined> before, Examiner examiner)
      throws InterruptedException {
    List<Examined> examined = new ArrayList<>();
    for (Examined lane : before) {
      // Of a path that is withheld nothing is there but what was found out when it was.
      examined.add(lane.candidate().withheld() == null ? examiner.examine(lane.candidate()) : lane);
    }
    return examined;
  }

  /** What is done with each answer the moment it is there. */
  private static Step<Examined> captureAndExamine(DataLake dataLake, Examiner examiner) {
    return new Step<>() {
      @Override
      public Examined examine(AgentSpec lane, Answer answer) throws InterruptedException {
        return examiner.examine(dataLake.capture(lane, answer));
      }

      @Override
      public boolean admissible(Examined examined) {
        return examined.admissible();
      }
    };
  }

  private RunFacts facts(Intent intent, HeadExamined head, Selection selection) {
    DecidedBy decidedBy = new DecidedBy(selector.name(), selector.version(), selector.parameters());
    List<String> heads = ledger.map(RunLedger::heads).orElse(List.of());
    return new RunFacts(
        workflow, paths, intent, head, selection, decidedBy, isolation, heads, Map.of());
  }
}
