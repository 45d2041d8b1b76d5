package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.CommitObject;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorSource;
import dev.optr.ledger.CommitFacts;
import dev.optr.ledger.FileFacts;
import dev.optr.ledger.LedgerPast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commits of a repository as the ledger's verifiers see them. */
final class GitAnchors implements AnchorSource {
  /** The documents of one run lie together. */
  private static final Pattern DIRECTORY = Pattern.compile("(datalake/workflows/[^/]+)/.+");

  private final GitRepository repository;
  private final Map<String, FrozenTree.File> listing = new HashMap<>();
  private String listed = "";

  GitAnchors(GitRepository repository) {
    this.repository = repository;
  }

  @Override
  public CommitFacts commit(String id) {
    CommitObject object = repository.commitObject(id);
    return new CommitFacts(
        id,
        repository.parents(id),
        repository.message(id),
        repository.changedPaths(id),
        object.isCopied(),
        object
            .signature()
            .map(armoured -> new CommitFacts.Signed(armoured, object.signedContent()))
            .orElse(null));
  }

  @Override
  public boolean has(String commit) {
    return repository.resolve(commit).isPresent();
  }

  @Override
  public Optional<FileFacts> file(String commit, String path) {
    Matcher directory = DIRECTORY.matcher(path);
    String around = directory.matches() ? directory.group(1) : "datalake";
    return path.startsWith(around + "/")
        ? Optional.ofNullable(listing(commit, around).get(path)).map(this::facts)
        : repository.entry(commit, path).map(this::facts);
  }

  private FileFacts facts(FrozenTree.File file) {
    return new FileFacts(file.mode(), Bytes.of(repository.blob(file.blob())));
  }

  /** Many files of one run are asked for in a row, so the newest listing is kept. */
  private Map<String, FrozenTree.File> listing(String commit, String directory) {
    String place = commit + ":" + directory;
    if (!place.equals(listed)) {
      listing.clear();
      repository.files(commit, directory).forEach(file -> listing.put(file.path(), file));
      listed = place;
    }
    return listing;
  }

  @Override
  public String treeWithoutDatalake(String commit) {
    return repository.treeWithoutDatalake(commit);
  }

  /** The commits that brought an entry to a commit's ledger, children before parents. */
  static List<String> introducing(GitRepository repository, String tip, String genesis, String id) {
    return past(repository, tip, genesis).introducing(id);
  }

  /** What became of a ledger's lines on the way to a commit. */
  static LedgerPast past(GitRepository repository, String tip, String genesis) {
    try (GitHistory history = new GitHistory(repository, VerifiedState.of(repository, tip))) {
      return LedgerPast.read(history, genesis);
    }
  }
}
