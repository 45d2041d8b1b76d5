package dev.optr.app;

import dev.optr.ledger.Body;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.Entries;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerRoot;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Timestamps;
import dev.optr.ledger.Verdict;
import dev.optr.ledger.VerifyOptions;
import dev.optr.report.Shown;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was looked at, in figures: the head of the report for people. */
final class VerifyFigures {
  private static final int HEADS_SHOWN = 3;
  private static final Set<Code> OF_ANCHORS =
      EnumSet.of(
          Code.E_ANCHOR_MISSING,
          Code.E_ANCHOR_MISMATCH,
          Code.E_ANCHOR_SIG,
          Code.E_INPUT,
          Code.E_OUTPUT);

  private final Verdict verdict;
  private final VerifyOptions options;

  record Row(String name, String value) {}

  VerifyFigures(Verdict verdict, VerifyOptions options) {
    this.verdict = verdict;
    this.options = options;
  }

  List<Row> ofFiles(int files) {
    return ofFiles(files, checked());
  }

  /**
   * Of bare files that begin with what was verified here before.
   *
   * @param added how many entries are new
   */
  List<Row> ofContinuedFiles(int files, int added) {
    return ofFiles(
        files,
        "%d new in full; the %d before them, byte for byte those that were verified here"
            .formatted(added, verdict.size() - added));
  }

  private List<Row> ofFiles(int files, String checked) {
    List<Row> rows = new ArrayList<>(ledger(files, checked));
    boolean known =
        options.expectedHead() != null || options.expectedSize() > 0 || options.since() != null;
    rows.add(new Row("outside", known ? "what the arguments say" : NOTHING));
    return rows;
  }

  /**
   * @param entries those that nothing was found about
   * @param logs what the anchor logs of the clone hold
   */
  List<Row> ofRepository(
      Entries entries, List<Container> containers, List<String> logs, List<String> memories) {
    List<Row> rows = new ArrayList<>(ledger(containers.size(), checked()));
    rows.add(new Row("anchors", anchors(entries)));
    logs.forEach(log -> rows.add(new Row("log", log)));
    rows.add(new Row("files", files(entries)));
    List<String> outside = new ArrayList<>(memories);
    if (options.expectedHead() != null || options.expectedSize() > 0 || options.since() != null) {
      outside.add("what the arguments say");
    }
    rows.add(new Row("outside", outside.isEmpty() ? NOTHING : String.join("; ", outside)));
    containers.stream()
        .filter(container -> container.path().equals(Container.MAIN))
        .map(main -> LedgerRoot.of(main).text() + " over " + main.path())
        .forEach(root -> rows.add(new Row("root", root)));
    return rows;
  }

  /** What time stamps bound; a cut end is not among it. */
  static Row times(Timestamps timestamps) {
    List<String> said = new ArrayList<>();
    String good =
        timestamps.good() == 1 ? "1 time stamp good" : timestamps.good() + " time stamps good";
    said.add(
        timestamps.newest() == null
            ? good
            : "%s: entry %s was there at %s"
                .formatted(good, timestamps.newestEntry(), timestamps.newest()));
    if (timestamps.unknown() > 0) {
      said.add(timestamps.unknown() + " by an authority that --tsa-ca does not name");
    }
    if (!timestamps.findings().isEmpty()) {
      said.add(timestamps.findings().size() + " not good");
    }
    if (!timestamps.authoritiesKnown()) {
      said.add("who made them was not checked, --tsa-ca does");
    }
    return new Row("times", String.join("; ", said));
  }

  private static final String NOTHING = "nothing, so a cut end cannot be seen";

  private List<Row> ledger(int files, String checked) {
    List<Row> rows = new ArrayList<>();
    RepositoryId repository = verdict.intact().repository();
    if (repository != null) {
      rows.add(new Row("ledger", name(repository)));
    }
    rows.add(new Row("genesis", verdict.genesis() == null ? "none" : verdict.genesis()));
    rows.add(new Row("trust", verdict.trust().text()));
    rows.add(new Row("entries", entries(files)));
    rows.add(new Row("heads", heads()));
    rows.add(new Row("checked", checked));
    return rows;
  }

  private static String name(RepositoryId repository) {
    return Shown.line(
        "%s/%d (%s)".formatted(repository.host(), repository.id(), repository.name()));
  }

  private String entries(int files) {
    Map<String, Integer> kinds = verdict.intact().counts();
    int intact = kinds.values().stream().mapToInt(Integer::intValue).sum();
    int others = verdict.size() - intact;
    return "%d in %d %s%s%s"
        .formatted(
            verdict.size(),
            files,
            files == 1 ? "file" : "files",
            kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", ", ": ", "")),
            others > 0 ? ", " + others + " with findings" : "");
  }

  private String heads() {
    List<String> heads = verdict.heads();
    if (heads.size() <= HEADS_SHOWN) {
      return heads.isEmpty() ? "none" : String.join(", ", heads);
    }
    return String.join(", ", heads.subList(0, HEADS_SHOWN))
        + " and "
        + (heads.size() - HEADS_SHOWN)
        + " more";
  }

  private String checked() {
    return options.signatures() == VerifyOptions.Signatures.FULL && options.since() == null
        ? "form, id and links of every line; every signature"
        : "form, id and links of every line; of signatures those of "
            + (options.since() == null
                ? "heads, key entries and genesis"
                : "key entries, genesis and what came since");
  }

  private String anchors(Entries entries) {
    Set<String> wrong = ids(OF_ANCHORS);
    Set<String> unreachable = ids(EnumSet.of(Code.W_UNREACHABLE));
    Set<String> unanchored = ids(EnumSet.of(Code.W_UNANCHORED));
    long all =
        Stream.concat(
                entries.stream()
                    .filter(
                        entry ->
                            entry.body() instanceof Body.Run
                                || entry.body() instanceof Body.Execution)
                    .map(Entry::id),
                wrong.stream())
            .distinct()
            .count();
    return "%d of %d good, %d not what they should be, %d not in this clone, %d without one"
        .formatted(
            all - wrong.size() - unreachable.size() - unanchored.size(),
            all,
            wrong.size(),
            unreachable.size(),
            unanchored.size());
  }

  private Set<String> ids(Set<Code> codes) {
    Set<String> ids = new HashSet<>();
    Stream.concat(verdict.findings().stream(), verdict.warnings().stream())
        .filter(finding -> codes.contains(finding.code()) && finding.id() != null)
        .forEach(finding -> ids.add(String.valueOf(finding.id())));
    return ids;
  }

  private String files(Entries entries) {
    long inputs = 0;
    long outputs = 0;
    for (Entry entry : entries) {
      if (entry.body() instanceof Body.Run run) {
        inputs += run.inputs().size();
        outputs += run.outputs().size();
      }
    }
    long drifted =
        Stream.concat(verdict.findings().stream(), verdict.warnings().stream())
            .filter(finding -> finding.code() == Code.W_DRIFT)
            .count();
    return "%d outputs and %d inputs recorded; %d differ here now"
        .formatted(outputs, inputs, drifted);
  }
}
