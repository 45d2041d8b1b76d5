package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.ArchivedLedger;
import dev.optr.ledger.Body;
import dev.optr.ledger.Container;
import dev.optr.ledger.Entries;
import dev.optr.ledger.Entry;
import dev.optr.record.Recorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pull request did to the datalake that no entry of its ledger did. Its ledger files are
 * verified as every ledger is; here it is about lines that went missing, and about documents.
 */
final class HandEdits {
  private static final String DATALAKE = "datalake";
  private static final String ATTRIBUTES = "datalake/.gitattributes";
  private static final String EXECUTION = "/execution-complete.json";

  private final GitRepository repository;
  private final Entries entries;
  private final Map<String, String> documents = new TreeMap<>();
  private final Set<Bytes> lines = new HashSet<>();

  private HandEdits(GitRepository repository, Entries entries) {
    this.repository = repository;
    this.entries = entries;
  }

  /**
   * One line per path, sorted; empty where everything is as our own commits and the base left it.
   *
   * @param base a commit of the base branch, as new as can be had
   * @param entries the intact ones of the head's ledger
   */
  static List<String> of(GitRepository repository, String base, String head, Entries entries) {
    HandEdits edits = new HandEdits(repository, entries);
    Optional<String> common = repository.mergeBase(base, head);
    common.ifPresent(edits::takeAll);
    List<String> own = new ArrayList<>(repository.commitsTouching(head, base, DATALAKE));
    Collections.reverse(own);
    own.forEach(edits::takeWhatIsOurs);
    return edits.comparedWith(head);
  }

  private void takeAll(String commit) {
    for (FrozenTree.File file : repository.files(commit, DATALAKE)) {
      if (isLedger(file.path())) {
        lines.addAll(lines(file));
      } else {
        documents.put(file.path(), state(file));
      }
    }
  }

  /** A commit that says which entry it is of, and of which that is true. */
  private void takeWhatIsOurs(String commit) {
    Optional<String> id = AnchorMessage.entry(repository.message(commit));
    if (id.isEmpty()) {
      return;
    }
    Optional<Entry> entry = entries.find(id.get());
    for (String path : repository.changedPaths(commit)) {
      Optional<FrozenTree.File> file = repository.entry(commit, path);
      if (file.isPresent() && isLedger(path)) {
        takeLines(file.get(), id.get());
      } else if (file.isPresent() && entry.isPresent() && wrote(entry.get(), file.get())) {
        documents.put(path, state(file.get()));
      }
    }
  }

  /** Also where the entry is no longer in the ledger: then it was taken out. */
  private void takeLines(FrozenTree.File file, String id) {
    List<Bytes> there = lines(file);
    if (there.stream().anyMatch(line -> line.utf8().contains(id))) {
      lines.addAll(there);
    }
  }

  private boolean wrote(Entry entry, FrozenTree.File file) {
    return switch (entry.body()) {
      case Body.Run run ->
          isAttributes(file)
              || run.outputs().stream()
                  .anyMatch(
                      output ->
                          output.path().equals(file.path())
                              && output
                                  .sha256()
                                  .equals(Bytes.of(repository.blob(file.blob())).sha256()));
      case Body.Execution _ -> file.path().endsWith(EXECUTION) || isAttributes(file);
      case Body.Genesis _, Body.Outcome _, Body.Key _ -> false;
    };
  }

  /** With our bytes alone. Upon a commit that is no anchor the executed commit brings them. */
  private boolean isAttributes(FrozenTree.File file) {
    return file.path().equals(ATTRIBUTES)
        && Bytes.of(repository.blob(file.blob())).equals(Recorder.ATTRIBUTES.bytes());
  }

  private List<String> comparedWith(String head) {
    Map<String, String> there = new TreeMap<>();
    Set<Bytes> missing = new HashSet<>(lines);
    for (FrozenTree.File file : repository.files(head, DATALAKE)) {
      if (isLedger(file.path())) {
        lines(file).forEach(missing::remove);
      } else {
        there.put(file.path(), state(file));
      }
    }
    List<String> found = new ArrayList<>();
    Set<String> paths = new TreeSet<>(documents.keySet());
    paths.addAll(there.keySet());
    for (String path : paths) {
      Optional<String> now = Optional.ofNullable(there.get(path));
      Optional<String> written = Optional.ofNullable(documents.get(path));
      if (!now.equals(written)) {
        found.add(
            path
                + (now.isEmpty()
                    ? " was deleted"
                    : written.isEmpty() ? " was added" : " was changed"));
      }
    }
    if (!missing.isEmpty()) {
      found.add("%d ledger lines were deleted".formatted(missing.size()));
    }
    return found;
  }

  private static boolean isLedger(String path) {
    return Container.isLedger(path) || ArchivedLedger.isArchived(path);
  }

  private static String state(FrozenTree.File file) {
    return file.mode() + " " + file.blob();
  }

  private List<Bytes> lines(FrozenTree.File file) {
    List<Bytes> found = new ArrayList<>();
    byte[] bytes = repository.blob(file.blob());
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        found.add(Bytes.of(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return found;
  }
}
