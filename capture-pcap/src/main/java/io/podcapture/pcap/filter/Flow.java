package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program's blocks in an order in which each leads to later ones only, without those nothing leads to. */
final class Flow {
    private final List<Block> blocks;
    private final Map<Block, Integer> ways = new HashMap<>();

    Flow(List<Block> ordered) {
        blocks = new ArrayList<>();
        ways.put(ordered.get(0), 1);
        for (Block block : ordered) {
            if (ways.containsKey(block)) {
                blocks.add(block);
                for (Block target : block.exit.targetBlocks()) {
                    ways.put(target, ways(target) + 1);
                }
            }
        }
    }

    List<Block> blocks() {
        return blocks;
    }

    /** {@return how many exits lead to the block} */
    int ways(Block block) {
        return ways.getOrDefault(block, 0);
    }
}
