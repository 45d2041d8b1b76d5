package dev.optr.ledger;

import java.util.Arrays;

/**
 * A growing row of numbers. It grows by pages, so that growing copies and leaves behind nothing.
 */
final class IntColumn {
  private static final int PAGE_BITS = 14;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST = 64;

  private int[][] pages = {new int[FIRST]};
  private int size;

  int size() {
    return size;
  }

  int get(int index) {
    return pages[index >>> PAGE_BITS][index & (PAGE - 1)];
  }

  void set(int index, int value) {
    pages[index >>> PAGE_BITS][index & (PAGE - 1)] = value;
  }

  void add(int value) {
    int page = size >>> PAGE_BITS;
    int place = size & (PAGE - 1);
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, 2 * page);
    }
    if (pages[page] == null) {
      pages[page] = new int[PAGE];
    } else if (place == pages[page].length) {
      pages[page] = Arrays.copyOf(pages[page], 4 * place);
    }
    pages[page][place] = value;
    size++;
  }
}
