package dev.optr.ledger;

import java.util.Arrays;

/**
 * A growing row of numbers. It grows by pages, so that growing copies and leaves behind nothing.
 */
final class LongColumn {
  private static final int PAGE_BITS = 14;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST = 64;

  private long[][] pages = {new long[FIRST]};
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return pages[index >>> PAGE_BITS][index & (PAGE - 1)];
  }

  void set(int index, long value) {
    pages[index >>> PAGE_BITS][index & (PAGE - 1)] = value;
  }

  void add(long value) {
    int page = size >>> PAGE_BITS;
    int place = size & (PAGE - 1);
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, 2 * page);
    }
    if (pages[page] == null) {
      pages[page] = new long[PAGE];
    } else if (place == pages[page].length) {
      pages[page] = Arrays.copyOf(pages[page], 4 * place);
    }
    pages[page][place] = value;
    size++;
  }

  /** Copies the four words of the id that was added as the index-th. */
  void getFour(int index, long[] target) {
    for (int i = 0; i < EntryId.WORDS; i++) {
      target[i] = get(EntryId.WORDS * index + i);
    }
  }

  /** Adds four words, such as an id has. */
  void addFour(long[] words, int from) {
    for (int i = 0; i < EntryId.WORDS; i++) {
      add(words[from + i]);
    }
  }
}
