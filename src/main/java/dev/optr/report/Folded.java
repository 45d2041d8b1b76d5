package dev.optr.report;

import java.util.List;

/**
 * Sections as collapsed blocks within a budget: what does not fit even in part is left out from the
 * end, short ones are shown whole, long ones share what is left.
 */
final class Folded {
  // Below this a block would show little more than its own frame.
  private static final int SMALLEST = 2_000;

  private final Surface surface;
  private final List<Block> blocks;

  Folded(Surface surface, PlainText plain, List<Section> sections) {
    this.surface = surface;
    this.blocks = sections.stream().map(section -> Block.of(section, surface, plain)).toList();
  }

  /**
   * @param size of the whole block
   */
  private record Block(Section section, List<CutPart> parts, int size) {
    static Block of(Section section, Surface surface, PlainText plain) {
      List<CutPart> parts =
          section.parts().stream().map(part -> CutPart.of(part, surface, plain)).toList();
      int size =
          surface.size(frame(section, ""))
              + parts.stream().mapToInt(part -> surface.size(part.all())).sum();
      return new Block(section, parts, size);
    }

    int least() {
      return Math.min(size, SMALLEST);
    }
  }

  /**
   * The blocks, at most {@code room} in the surface's unit.
   *
   * @param pointer says where the rest is, where not all are shown
   */
  String within(int room, String pointer) {
    int left = room - surface.size(pointer);
    int fitting = fitting(left);
    List<Integer> rooms = Shares.of(blocks.stream().limit(fitting).map(Block::size).toList(), left);
    StringBuilder out = new StringBuilder();
    boolean leftOut = fitting < blocks.size();
    for (int i = 0; i < fitting; i++) {
      String block = block(blocks.get(i), rooms.get(i));
      leftOut |= block.isEmpty();
      out.append(block);
    }
    return leftOut ? out + pointer : out.toString();
  }

  /** How many blocks from the first one can be shown, at least in part. */
  private int fitting(int room) {
    int used = 0;
    for (int i = 0; i < blocks.size(); i++) {
      used += blocks.get(i).least();
      if (used > room) {
        return i;
      }
    }
    return blocks.size();
  }

  /** The block within its room; empty where that is too small. */
  private String block(Block block, int room) {
    int left = room - surface.size(frame(block.section(), ""));
    List<Integer> sizes = block.parts().stream().map(part -> surface.size(part.all())).toList();
    List<Integer> rooms = Shares.of(sizes, left);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < rooms.size(); i++) {
      String part = block.parts().get(i).within(rooms.get(i));
      if (part.isEmpty()) {
        return "";
      }
      body.append(part);
    }
    return frame(block.section(), body.toString());
  }

  private static String frame(Section section, String body) {
    String below = section.below().isEmpty() ? "" : section.below() + "\n\n";
    return Markdown.details(section.title(), body + below) + "\n";
  }
}
