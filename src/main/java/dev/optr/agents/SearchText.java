package dev.optr.agents;

import dev.optr.git.FrozenTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words of what a search found. */
final class SearchText {
  private static final int NAMED = 5;

  private SearchText() {}

  /**
   * @param files those that were to be searched
   */
  static String text(SearchRun.Outcome outcome, List<FrozenTree.File> files) {
    List<String> lines = new ArrayList<>();
    int inFiles = 0;
    for (FileSearch.Result result : outcome.results()) {
      if (result instanceof FileSearch.Searched(FrozenTree.File file, List<LineMatch> matches, _)) {
        inFiles += matches.isEmpty() ? 0 : 1;
        for (LineMatch match : matches) {
          lines.add(ShownPath.of(file.path()) + ":" + match.number() + ": " + match.shown() + "\n");
        }
      }
    }
    List<String> shown = fitting(lines);
    StringBuilder out = new StringBuilder();
    boolean cut = shown.size() < lines.size() || outcome.end() == SearchRun.End.ENOUGH_MATCHES;
    out.append(cut ? "at least " : "").append(found(lines.size(), inFiles));
    shown.forEach(out::append);
    if (cut) {
      out.append("[cut: these are the first ").append(shown.size());
      out.append(" lines; narrow the expression or the glob to see others]\n");
    }
    return out.append(end(outcome, files)).append(skipped(outcome)).toString();
  }

  private static String found(int lines, int files) {
    return lines == 0
        ? "no line matches\n"
        : (lines == 1 ? "1 line matches" : lines + " lines match")
            + (files == 1 ? " in 1 file\n" : " in " + files + " files\n");
  }

  private static List<String> fitting(List<String> lines) {
    int used = 0;
    for (int i = 0; i < lines.size(); i++) {
      used += lines.get(i).getBytes(StandardCharsets.UTF_8).length;
      if (used > Toolbox.LARGEST || i == SearchRun.MOST_MATCHES) {
        return lines.subList(0, i);
      }
    }
    return lines;
  }

  private static String end(SearchRun.Outcome outcome, List<FrozenTree.File> files) {
    return switch (outcome.end()) {
      case ALL_SEARCHED, ENOUGH_MATCHES -> "";
      case ENOUGH_BYTES ->
          incomplete(outcome, files, (SearchRun.MOST_BYTES >> 20) + " MiB were read");
      case OUT_OF_TIME ->
          incomplete(outcome, files, Search.PATIENCE.toMillis() / 1000.0 + " s were up");
    };
  }

  private static String incomplete(
      SearchRun.Outcome outcome, List<FrozenTree.File> files, String why) {
    int searched = outcome.results().size();
    String next =
        searched < files.size() ? ", all before " + ShownPath.of(files.get(searched).path()) : "";
    return "[not complete: "
        + why
        + " after "
        + searched
        + " of "
        + files.size()
        + " files"
        + next
        + "; narrow the glob]\n";
  }

  private static String skipped(SearchRun.Outcome outcome) {
    long withoutText =
        outcome.results().stream().filter(FileSearch.NoText.class::isInstance).count();
    List<String> large =
        outcome.results().stream()
            .filter(FileSearch.TooLarge.class::isInstance)
            .map(FileSearch.TooLarge.class::cast)
            .map(result -> ShownPath.of(result.file().path()))
            .toList();
    StringBuilder out = new StringBuilder();
    if (withoutText > 0) {
      out.append("[not searched: ").append(withoutText);
      out.append(withoutText == 1 ? " file that is" : " files that are");
      out.append(" binary, not UTF-8 or no regular file]\n");
    }
    if (!large.isEmpty()) {
      out.append("[not searched, larger than ").append(FileSearch.LARGEST_FILE >> 20);
      out.append(" MiB: ");
      out.append(large.stream().limit(NAMED).collect(Collectors.joining(" ")));
      out.append(large.size() > NAMED ? " and " + (large.size() - NAMED) + " more" : "");
      out.append("]\n");
    }
    return out.toString();
  }
}
