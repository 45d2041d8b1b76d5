package dev.optr.agents;

import dev.optr.git.FrozenTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what a list that had to be cut is made of, so that the next one can be narrower. */
final class DirectoryCounts {
  private static final int MOST = 40;

  private DirectoryCounts() {}

  /**
   * @param shown how many of the files the list shows
   */
  static String cut(List<FrozenTree.File> files, int shown) {
    StringBuilder out = new StringBuilder("[cut: ");
    out.append(shown).append(" of ").append(files.size()).append(" files are shown; ");
    out.append("list fewer at a time with a narrower glob");
    Map<String, Integer> counts = byGlob(files);
    if (counts.size() > 1) {
      out.append(". They lie in:");
      counts.entrySet().stream()
          .limit(MOST)
          .forEach(
              entry ->
                  out.append('\n')
                      .append(ShownPath.quoted(entry.getKey()))
                      .append(' ')
                      .append(entry.getValue()));
      if (counts.size() > MOST) {
        out.append("\nand ").append(counts.size() - MOST).append(" more directories");
      }
    }
    return out.append("]\n").toString();
  }

  /** How many files each glob takes that is one name longer than what all paths share. */
  private static Map<String, Integer> byGlob(List<FrozenTree.File> files) {
    String shared = sharedDirectory(files);
    Map<String, Integer> counts = new TreeMap<>();
    for (FrozenTree.File file : files) {
      int end = file.path().indexOf('/', shared.length());
      String glob = end < 0 ? shared + "*" : file.path().substring(0, end) + "/**";
      counts.merge(glob, 1, Integer::sum);
    }
    return counts;
  }

  private static String sharedDirectory(List<FrozenTree.File> files) {
    // Paths are sorted: what the first and the last share, all share.
    String first = files.getFirst().path();
    String last = files.getLast().path();
    int end = 0;
    int directory = 0;
    while (end < Math.min(first.length(), last.length()) && first.charAt(end) == last.charAt(end)) {
      end++;
      if (first.charAt(end - 1) == '/') {
        directory = end;
      }
    }
    return first.substring(0, directory);
  }
}
