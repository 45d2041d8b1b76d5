package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.evidence.Row;
import dev.optr.git.CommitBundles;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.record.Proposals;
import dev.optr.record.ProposalsReader;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bundle whose every byte is the one that its digest is of; what it holds is not read yet. */
public final class OpenedBundle {
  private final BundleHeader header;
  private final Map<String, Bytes> files;
  private final Manifest manifest;

  OpenedBundle(BundleHeader header, Map<String, Bytes> files, Manifest manifest) {
    this.header = header;
    this.files = files;
    this.manifest = manifest;
  }

  /** What it says it is of. */
  public BundleHeader header() {
    return header;
  }

  /**
   * Makes its trees again and reads all of it. The caller looks at {@link BundleHeader#mismatches}
   * first.
   *
   * @param repository that has the frozen commit, also in a shallow clone
   * @param trees takes the trees
   * @throws UserException where it is not, byte for byte, what this program writes
   */
  public Bundle read(GitRepository repository, TreeStore trees) {
    String commit = header.frozen().commit();
    if (!repository.resolve(commit).equals(Optional.of(commit))) {
      throw new UserException(
          "the frozen commit "
              + Shown.of(commit)
              + " is not in this repository; check it out, or fetch it");
    }
    FrozenTree frozen = repository.frozenTree(commit);
    Bundle bundle = bundle(frozen, trees);
    Matrix.checkImages(header.images());
    BundleRows.problem(bundle)
        .ifPresent(
            problem -> {
              throw refused(BundlePath.HEADER, problem);
            });
    readRows(frozen, trees);
    checkWritten(bundle, trees);
    return bundle;
  }

  private Bundle bundle(FrozenTree frozen, TreeStore trees) {
    Workflow workflow = WorkflowFile.parse(BundlePath.WORKFLOW, file(BundlePath.WORKFLOW));
    List<AgentSpec> lanes =
        workflow.agents().stream().filter(lane -> header.lanes().contains(lane.name())).toList();
    if (!lanes.stream().map(AgentSpec::name).toList().equals(header.lanes())) {
      throw refused(
          BundlePath.HEADER,
          "lanes: expected agents of the workflow file, in its order, each once, found "
              + Shown.of(String.join(", ", header.lanes())));
    }
    Proposals proposals =
        switch (new ProposalsReader(frozen, trees)
            .read(path -> Optional.ofNullable(files.get(path)), workflow, lanes)) {
          case ProposalsReader.Result.Read(Proposals read) -> read;
          case ProposalsReader.Result.Unreadable(List<String> problems) ->
              throw new UserException(problems);
        };
    Bundle bundle =
        Bundle.of(header.origin(), proposals, header.asked(), header.images(), header.rows());
    if (!bundle.header().equals(header)) {
      throw refused(BundlePath.HEADER, "it is of another input than the documents beside it");
    }
    return bundle;
  }

  private void readRows(FrozenTree frozen, TreeStore trees) {
    List<Row> rows = BundleFiles.candidates(header).toList();
    if (rows.isEmpty()) {
      return;
    }
    SortedMap<String, CommitBundles.Tip> tips = tips(trees.commitBundles());
    for (Row row : rows) {
      CommitBundles.Tip tip = tips.get(BundleFiles.ref(row));
      if (tip == null || !tip.tree().equals(row.tree())) {
        throw refused(
            BundlePath.ROWS,
            "the commit of row '" + row.name() + "' is missing or has another tree");
      }
      checkPaths(row, frozen, trees);
    }
  }

  private SortedMap<String, CommitBundles.Tip> tips(CommitBundles reader) {
    return switch (reader.read(file(BundlePath.ROWS), header.frozen().commit())) {
      case CommitBundles.Result.Read(SortedMap<String, CommitBundles.Tip> read) -> read;
      case CommitBundles.Result.Refused(String problem) -> throw refused(BundlePath.ROWS, problem);
    };
  }

  /** Any tree can stand in a bundle; one that no proposal can give must not be written to disk. */
  private static void checkPaths(Row row, FrozenTree frozen, TreeStore trees) {
    TreeResult again =
        switch (trees.changes(frozen.tree(), row.tree())) {
          case TreeResult.Applied applied -> trees.rebuild(frozen, applied.changes());
          case TreeResult.Rejected rejected -> rejected;
        };
    switch (again) {
      case TreeResult.Applied(String tree, _) -> {
        if (!tree.equals(row.tree())) {
          throw refused(BundlePath.ROWS, "row '" + row.name() + "' has a tree like no path's");
        }
      }
      case TreeResult.Rejected(List<String> errors) ->
          throw refused(BundlePath.ROWS, "row '" + row.name() + "': " + errors.getFirst());
    }
  }

  /** Nothing in it is unknown, contradicts the rest, or would get lost. */
  private void checkWritten(Bundle bundle, TreeStore trees) {
    SortedMap<String, Bytes> written = new BundleFiles(trees, new Redactor(List.of())).of(bundle);
    // A patch may have been left out for what it tells.
    written.keySet().removeIf(path -> BundlePath.isPatch(path) && !files.containsKey(path));
    SortedMap<String, String> expected = new TreeMap<>(Manifest.of(written).digests());
    if (expected.equals(manifest.digests())) {
      return;
    }
    SortedMap<String, String> found = new TreeMap<>(manifest.digests());
    found.entrySet().removeAll(expected.entrySet());
    expected.keySet().removeAll(manifest.digests().keySet());
    throw refused(
        found.isEmpty() ? expected.firstKey() : found.firstKey(),
        found.isEmpty()
            ? "the bundle has no such file"
            : "it is not what is written of what was read from the bundle");
  }

  private Bytes file(String path) {
    Bytes bytes = files.get(path);
    if (bytes == null) {
      throw refused(path, "the bundle has no such file");
    }
    return bytes;
  }

  private static UserException refused(String path, String problem) {
    return new UserException(path + ": " + problem);
  }
}
