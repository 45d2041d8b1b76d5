package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.PrettyJson;
import dev.optr.base.Redactor;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import dev.optr.git.CommitBundles;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.record.ProposalsWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that a bundle is: the same bundle has the same bytes everywhere. */
final class BundleFiles {
  private static final String REFS = "refs/optr/rows/";
  private static final int LARGEST_PATCH = 8 << 20;

  private final TreeStore trees;
  private final Redactor redactor;

  BundleFiles(TreeStore trees, Redactor redactor) {
    this.trees = trees;
    this.redactor = redactor;
  }

  /** By path, without the manifest. */
  SortedMap<String, Bytes> of(Bundle bundle) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    new ProposalsWriter(redactor)
        .write(bundle.proposals())
        .forEach(document -> files.put(document.path(), document.bytes()));
    Map<String, String> commits = commits(bundle.header());
    HeaderJson header = new HeaderJson(bundle.header(), commits);
    files.put(BundlePath.HEADER, Bytes.of(PrettyJson.bytes(header.document())));
    List<Row> rows = candidates(bundle.header()).toList();
    if (!rows.isEmpty()) {
      files.put(BundlePath.ROWS, rows(bundle.header(), rows, commits));
    }
    rows.forEach(row -> putPatch(bundle, row, files));
    return files;
  }

  /** Every row but the frozen commit itself. */
  static Stream<Row> candidates(BundleHeader header) {
    return header.rows().stream().filter(row -> !row.name().equals(Row.HEAD));
  }

  static String ref(Row row) {
    return REFS + row.name();
  }

  /** By the row's name; that of {@code head} is the frozen commit. */
  private Map<String, String> commits(BundleHeader header) {
    String frozen = header.frozen().commit();
    CommitBundles writer = trees.commitBundles();
    Map<String, String> commits = new HashMap<>();
    commits.put(Row.HEAD, frozen);
    candidates(header)
        .forEach(
            row ->
                commits.put(
                    row.name(),
                    writer.commit(frozen, row.tree(), "optr: row " + row.name() + "\n")));
    return commits;
  }

  private Bytes rows(BundleHeader header, List<Row> rows, Map<String, String> commits) {
    SortedMap<String, String> refs = new TreeMap<>();
    rows.forEach(row -> refs.put(ref(row), commits.getOrDefault(row.name(), "")));
    return trees.commitBundles().write(header.frozen().commit(), refs);
  }

  /** For people: what is large or tells a credential can be read from the commit alone. */
  private void putPatch(Bundle bundle, Row row, SortedMap<String, Bytes> files) {
    Bytes patch = diff(bundle, row).patch();
    if (patch.size() <= LARGEST_PATCH && !redactor.finds(patch.utf8())) {
      files.put(BundlePath.patch(row.name()), patch);
    }
  }

  private TreeDiff diff(Bundle bundle, Row row) {
    return bundle.lanes().stream()
        .map(Examined::candidate)
        .filter(candidate -> row.tree().equals(candidate.tree()))
        .flatMap(candidate -> Optional.ofNullable(candidate.diff()).stream())
        .findFirst()
        .orElseGet(() -> trees.diff(bundle.header().frozen().tree(), row.tree()));
  }
}
