package dev.optr.report;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns for a terminal or a fenced block; the first row is the head. */
final class TextTable {
  /** How a column is aligned. */
  enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> columns;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<Align> columns) {
    this.columns = List.copyOf(columns);
  }

  TextTable row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + columns.size() + " columns");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        line.append(i == 0 ? "" : "  ").append(padded(row.get(i), i));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private String padded(String cell, int column) {
    String blanks = " ".repeat(width(column) - length(cell));
    return columns.get(column) == Align.LEFT ? cell + blanks : blanks + cell;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
