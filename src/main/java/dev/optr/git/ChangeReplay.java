package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/**
 * Puts recorded changes on a frozen tree: first everything that goes, then everything that comes.
 * Recorded changes are as little trusted as edits.
 */
final class ChangeReplay {
  private final CandidateTree candidate;
  private final List<String> errors = new ArrayList<>();
  private final Set<String> named = new HashSet<>();

  ChangeReplay(CandidateTree candidate) {
    this.candidate = candidate;
  }

  List<String> apply(List<Change> changes) throws IOException {
    for (Change change : changes) {
      check(change, removed(change));
    }
    for (Change change : changes) {
      if (errors.isEmpty() && change.mode() != null) {
        check(change, written(change));
      }
      if (candidate.size() > CandidateTree.LARGEST) {
        errors.add(EditApplier.tooLarge(candidate.size()));
        return errors;
      }
    }
    return errors;
  }

  private void check(Change change, Optional<String> problem) {
    problem.ifPresent(
        reason -> errors.add(PathPolicy.printable(change.path()) + ": recorded change: " + reason));
  }

  private Optional<String> removed(Change change) throws IOException {
    if (!named.add(change.path())) {
      return Optional.of("it is named twice");
    }
    if (change.mode() == null) {
      boolean plain = change.from() == null && change.blob() == null && change.content() == null;
      return plain ? gone(change.path()) : Optional.of("a deletion has content or another path");
    }
    String from = change.from();
    if (from == null) {
      return Optional.empty();
    }
    return named.add(from) ? gone(from) : Optional.of("its old path is named twice");
  }

  private Optional<String> gone(String path) throws IOException {
    Optional<String> problem = frozenFileProblem(path);
    if (problem.isEmpty()) {
      candidate.remove(path);
    }
    return problem;
  }

  private Optional<String> frozenFileProblem(String path) throws IOException {
    Optional<String> hostile = PathPolicy.problem(path).map(what -> what + " is refused");
    if (hostile.isPresent()) {
      return hostile;
    }
    Optional<EditableTree.Leaf> leaf = candidate.findFrozen(path);
    if (leaf.isEmpty()) {
      return Optional.of("there is no file '" + PathPolicy.printable(path) + "'");
    }
    return leaf.get().isRegular()
        ? Optional.empty()
        : Optional.of(
            "'" + PathPolicy.printable(path) + "' is " + leaf.get().kind() + ", which is refused");
  }

  private Optional<String> written(Change change) throws IOException {
    Optional<FileMode> mode = mode(change.mode());
    Optional<byte[]> content = content(change);
    if (mode.isEmpty() || content.isEmpty()) {
      return Optional.of("mode, encoding or content is not what a change may have");
    }
    Optional<String> place = placeProblem(change.path());
    if (place.isPresent()) {
      return place;
    }
    if (!Objects.equals(blobId(content.get()), change.blob())) {
      return Optional.of("the content is not that of blob '" + change.blob() + "'");
    }
    if (change.from() != null) {
      candidate.arrive(change.from(), change.path(), mode.get(), content.get());
    } else {
      candidate.write(change.path(), mode.get(), content.get());
    }
    return Optional.empty();
  }

  private Optional<String> placeProblem(String path) throws IOException {
    if (candidate.find(path).isPresent()) {
      return frozenFileProblem(path);
    }
    Optional<String> hostile = PathPolicy.newPathProblem(path).map(what -> what + " is refused");
    return hostile.isPresent() ? hostile : candidate.conflict(path);
  }

  private static Optional<FileMode> mode(@Nullable String mode) {
    return switch (mode) {
      case null -> Optional.empty();
      case "100644" -> Optional.of(FileMode.REGULAR_FILE);
      case "100755" -> Optional.of(FileMode.EXECUTABLE_FILE);
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> content(Change change) {
    if (change.content() == null || change.encoding() == null) {
      return Optional.empty();
    }
    return switch (change.encoding()) {
      case "utf-8" ->
          PathPolicy.isWellFormed(change.content())
              ? Optional.of(change.content().getBytes(UTF_8))
              : Optional.empty();
      case "base64" -> decoded(change.content());
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String blobId(byte[] content) {
    try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      return ids.idFor(Constants.OBJ_BLOB, content).name();
    }
  }
}
