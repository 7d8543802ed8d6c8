package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blocks that become one method. It is entered at its first block, or at those that earlier regions lead to. */
final class Region {
    final int number;
    final List<Block> blocks = new ArrayList<>();

    /** The blocks at which it is entered, by the number its caller gives. */
    final Map<Block, Integer> entries = new LinkedHashMap<>();

    /** What is live at one of the entries, one bit per slot: all of these are parameters. */
    private int slots;

    Region(int number) {
        this.number = number;
    }

    void enterAt(Block block) {
        entries.putIfAbsent(block, entries.size());
        slots |= block.live;
    }

    List<Integer> slots() {
        List<Integer> numbers = new ArrayList<>();
        for (int slot = 0; slot < Block.SLOTS; slot++) {
            if ((slots >> slot & 1) != 0) {
                numbers.add(slot);
            }
        }
        return numbers;
    }
}
