package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.BlobReader;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.record.PastCosts;
import dev.optr.record.PastCostsReader;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The documents of earlier runs of one workflow file in the datalake of one commit. */
final class PastRunDocuments implements PastCostsReader.Source {
  /** The newest of them. */
  static final int MOST_RUNS = 100;

  static final int MOST_BYTES = 8 << 20;
  static final long MOST_BYTES_IN_ALL = 256L << 20;

  private static final String WORKFLOWS = "datalake/workflows";
  private static final Pattern RUN = Pattern.compile(WORKFLOWS + "/([^/]+?)(-pr-[0-9]{1,18})?/.*");

  private final BlobReader blobs;
  private final Map<String, FrozenTree.File> files;
  private long left = MOST_BYTES_IN_ALL;

  private PastRunDocuments(BlobReader blobs, Map<String, FrozenTree.File> files) {
    this.blobs = blobs;
    this.files = files;
  }

  /** What earlier runs of a workflow took, as far as a commit's documents tell. */
  static PastCosts read(GitRepository repository, FrozenTree frozen, Workflow workflow) {
    Map<String, FrozenTree.File> files = new HashMap<>();
    repository
        .files(frozen.commit(), WORKFLOWS)
        .forEach(file -> files.putIfAbsent(file.path(), file));
    try (BlobReader blobs = frozen.blobs()) {
      return PastCostsReader.read(
          runs(files, workflow.name()),
          workflow.invariants().stream().map(Invariant::id).collect(Collectors.toSet()),
          workflow.agents().stream().map(AgentSpec::name).toList(),
          new PastRunDocuments(blobs, files));
    }
  }

  private static List<DataLakePaths> runs(Map<String, FrozenTree.File> files, String workflow) {
    return files.keySet().stream()
        .map(RUN::matcher)
        .filter(Matcher::matches)
        .filter(run -> run.group(1).equals(workflow))
        .map(run -> Optional.ofNullable(run.group(2)).orElse(""))
        .distinct()
        .sorted(Comparator.comparingLong(PastRunDocuments::number).reversed())
        .limit(MOST_RUNS)
        .map(suffix -> DataLakePaths.of(workflow + suffix))
        .toList();
  }

  /** Of the pull request; a run outside of one comes first. */
  private static long number(String suffix) {
    return suffix.isEmpty() ? Long.MAX_VALUE : Long.parseLong(suffix.substring("-pr-".length()));
  }

  @Override
  public Optional<Bytes> read(String path) throws JsonException {
    FrozenTree.File file = files.get(path);
    if (file == null) {
      return Optional.empty();
    }
    if (!file.isRegular()) {
      throw new JsonException("expected a regular file");
    }
    int limit = (int) Math.min(MOST_BYTES, left);
    byte[] content =
        blobs
            .read(file, limit)
            .orElseThrow(
                () ->
                    new JsonException(
                        "it has more than %d bytes, which is not read for an estimate"
                            .formatted(limit)));
    left -= content.length;
    return Optional.of(Bytes.of(content));
  }
}
