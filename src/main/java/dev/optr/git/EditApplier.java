package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;

/**
 * Applies edits in order to a candidate tree. An edit that does not apply leaves the tree as it is
 * and one error behind; the rest is tried all the same, so that an agent hears of all at once.
 */
final class EditApplier {
  private static final int MOST_EDITS = 10_000;

  private final FrozenTree shown;
  private final CandidateTree candidate;
  private final List<String> errors = new ArrayList<>();

  /**
   * @param shown what the agent was shown; files it was not shown do not exist for it, or an error
   *     message would tell their content
   */
  EditApplier(FrozenTree shown, CandidateTree candidate) {
    this.shown = shown;
    this.candidate = candidate;
  }

  List<String> apply(List<Edit> edits) throws IOException {
    long text = edits.stream().mapToLong(EditApplier::textSize).sum();
    if (edits.size() > MOST_EDITS) {
      return List.of("the proposal has " + edits.size() + " edits; at most " + MOST_EDITS);
    }
    if (text > CandidateTree.LARGEST) {
      return List.of(tooLarge(text));
    }
    for (int i = 0; i < edits.size(); i++) {
      apply(i + 1, edits.get(i));
      if (candidate.size() > CandidateTree.LARGEST) {
        errors.add(tooLarge(candidate.size()));
        return errors;
      }
    }
    return errors;
  }

  static String tooLarge(long size) {
    return "the proposal has " + size + " bytes of files; at most " + CandidateTree.LARGEST;
  }

  private static long textSize(Edit edit) {
    return switch (edit) {
      case Edit.Create(_, String content, _) -> content.length();
      case Edit.Replace(_, String search, String replace) -> search.length() + replace.length();
      case Edit.Rewrite(_, String content, _) -> content.length();
      case Edit.Delete _, Edit.Rename _ -> 0;
    };
  }

  private void apply(int number, Edit edit) throws IOException {
    Optional<String> error =
        switch (edit) {
          case Edit.Create create -> create(create);
          case Edit.Replace replace -> replace(replace);
          case Edit.Rewrite rewrite -> rewrite(rewrite);
          case Edit.Delete delete -> delete(delete);
          case Edit.Rename rename -> rename(rename);
        };
    error.ifPresent(
        reason ->
            errors.add(
                String.format(
                    "%s: edit %d (%s): %s",
                    PathPolicy.printable(edit.path()),
                    number,
                    edit.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                    reason)));
  }

  private Optional<String> create(Edit.Create edit) throws IOException {
    Optional<String> problem = newFileProblem(edit.path()).or(() -> textProblem(edit.content()));
    if (problem.isEmpty()) {
      FileMode mode = edit.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
      candidate.write(edit.path(), mode, edit.content().getBytes(UTF_8));
    }
    return problem;
  }

  private Optional<String> replace(Edit.Replace edit) throws IOException {
    Optional<String> problem =
        fileProblem(edit.path())
            .or(() -> textProblem(edit.search()))
            .or(() -> textProblem(edit.replace()));
    if (problem.isPresent()) {
      return problem;
    }
    if (edit.search().isEmpty()) {
      return Optional.of("the search text is empty");
    }
    Optional<byte[]> file = candidate.content(edit.path());
    if (file.isEmpty()) {
      return Optional.of("the file is larger than a proposal may be");
    }
    SearchText search = new SearchText(edit.search());
    List<Integer> places = search.places(file.get());
    if (places.isEmpty()) {
      return Optional.of(search.missing(file.get()));
    }
    if (places.size() > 1) {
      return Optional.of(SearchText.ambiguous(file.get(), places));
    }
    candidate.write(
        edit.path(),
        mode(edit.path()),
        search.replaced(file.get(), places.getFirst(), edit.replace()));
    return Optional.empty();
  }

  private Optional<String> rewrite(Edit.Rewrite edit) throws IOException {
    Optional<String> problem = fileProblem(edit.path()).or(() -> textProblem(edit.content()));
    if (problem.isEmpty()) {
      FileMode mode = mode(edit.path());
      if (edit.executable() != null) {
        mode = edit.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
      }
      candidate.write(edit.path(), mode, edit.content().getBytes(UTF_8));
    }
    return problem;
  }

  private Optional<String> delete(Edit.Delete edit) throws IOException {
    Optional<String> problem = fileProblem(edit.path());
    if (problem.isEmpty()) {
      candidate.remove(edit.path());
    }
    return problem;
  }

  private Optional<String> rename(Edit.Rename edit) throws IOException {
    Optional<String> problem = fileProblem(edit.path());
    if (problem.isPresent()) {
      return problem;
    }
    Optional<byte[]> content = candidate.content(edit.path());
    if (content.isEmpty()) {
      return Optional.of("the file is larger than a proposal may be");
    }
    FileMode mode = mode(edit.path());
    Optional<String> target = targetProblem(edit);
    if (target.isPresent()) {
      return Optional.of("to '" + PathPolicy.printable(edit.to()) + "': " + target.get());
    }
    candidate.move(edit.path(), edit.to(), mode, content.get());
    return Optional.empty();
  }

  private Optional<String> targetProblem(Edit.Rename edit) throws IOException {
    Optional<String> hostile =
        PathPolicy.newPathProblem(edit.to()).map(what -> what + " is refused");
    if (hostile.isPresent()) {
      return hostile;
    }
    // A new name that differs in case alone clashes with nothing once the old one is gone.
    return candidate.find(edit.to()).isPresent()
        ? Optional.of("it exists already")
        : candidate.conflictWithout(edit.path(), edit.to());
  }

  private FileMode mode(String path) throws IOException {
    return candidate.find(path).orElseThrow().mode();
  }

  private Optional<String> newFileProblem(String path) throws IOException {
    Optional<String> hostile = PathPolicy.newPathProblem(path).map(what -> what + " is refused");
    if (hostile.isPresent()) {
      return hostile;
    }
    return candidate.find(path).isPresent()
        ? Optional.of("it exists already")
        : candidate.conflict(path);
  }

  private Optional<String> fileProblem(String path) throws IOException {
    Optional<String> hostile = PathPolicy.problem(path).map(what -> what + " is refused");
    if (hostile.isPresent()) {
      return hostile;
    }
    Optional<EditableTree.Leaf> leaf = candidate.find(path);
    boolean visible = candidate.isTouched(path) || shown.find(path).isPresent();
    if (leaf.isEmpty() || !visible) {
      return Optional.of("there is no such file");
    }
    return leaf.get().isRegular()
        ? Optional.empty()
        : Optional.of("it is " + leaf.get().kind() + ", which no edit may touch");
  }

  private static Optional<String> textProblem(String text) {
    return PathPolicy.isWellFormed(text)
        ? Optional.empty()
        : Optional.of("its text has a lone surrogate, which no file can hold");
  }
}
