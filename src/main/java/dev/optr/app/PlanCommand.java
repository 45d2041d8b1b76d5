package dev.optr.app;

import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.record.PastCosts;
import dev.optr.workflow.Invariant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code optr plan}: what {@code run --dry-run} says, and what a run of three jobs would cost. Asks
 * nobody and writes nothing. With {@code --json} a document:
 *
 * <pre>
 * frozenCommit   40 hex digits
 * dryRun         lines of 'run --dry-run'
 * refused        why propose would refuse, one message each
 * rows, jobs     {least, most}; jobs are those that verify; null where no jobs could
 * history        {runs, unreadable: [one sentence per document]}
 * invariants     [{id, head, paths}], each null or {count, medianMs, largestMs}
 * setUp          of one job besides its steps that verify: null or {count, medianMs, largestMs}
 * lanes          [{agent, path: it can be asked for one, asked, proposed, medianMs, medianUsd}]
 * minutes        {least, most, propose, select, jobs: [{name, minutes, known}]} as they are billed,
 *                jobs with every row, and with set-up unless setUp is null; null where nothing is recorded
 * wallMs         slowest lane and slowest job; null where nothing is recorded
 * usd            {lanes, unknownLanes: [agent], judges, runners: {least, most}}; null = not known
 * exit           0
 * </pre>
 */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Says what a run would do and cost: jobs, and from earlier runs minutes and money. Asks nobody, changes nothing.")
final class PlanCommand implements Callable<Integer>, JsonCommand {
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");

  private final Host host;

  @Mixin private final ProposalOptions proposal = new ProposalOptions();

  @Option(
      names = "--per-minute",
      paramLabel = "USD",
      description = "what a billed minute of your runners costs; without it only minutes are told")
  private @Nullable String perMinute;

  @Mixin private final JsonOption json = new JsonOption();

  PlanCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json.undecided(outcome, exit);
  }

  @Override
  public Integer call() {
    Optional<BigDecimal> price = price();
    LocalRun.Request request = proposal.request(host);
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint())) {
      Prepared prepared = new LocalIntake(host, request).prepare(repository);
      PastCosts past = PastRunDocuments.read(repository, prepared.frozen(), prepared.workflow());
      print(repository, prepared, RunEstimate.of(prepared, proposal.images(), past, price));
    }
    return ExitCode.OK.code();
  }

  private Optional<BigDecimal> price() {
    if (perMinute != null && !PRICE.matcher(perMinute).matches()) {
      throw new UserException(
          "--per-minute: expected USD of one minute such as 0.006, found '" + perMinute + "'");
    }
    return Optional.ofNullable(perMinute).map(BigDecimal::new);
  }

  private void print(GitRepository repository, Prepared prepared, RunEstimate estimate) {
    String dryRun;
    try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
      dryRun = DryRun.describe(prepared, prepared.question(trees));
    }
    List<String> invariants = prepared.workflow().invariants().stream().map(Invariant::id).toList();
    List<String> lanes = prepared.lanes().stream().map(lane -> lane.spec().name()).toList();
    host.out()
        .print(
            json.isGiven()
                ? PrettyJson.text(
                    PlanJson.of(
                        prepared.intent().commit(),
                        dryRun.lines().toList(),
                        estimate,
                        invariants,
                        lanes))
                : dryRun + PlanText.of(estimate, invariants, lanes));
    host.out().flush();
  }
}
