package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Answer;
import io.podcapture.pcap.filter.Exit.Choice;
import io.podcapture.pcap.filter.Exit.Membership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program cut, in the order of its blocks, into methods that HotSpot compiles: it leaves those of more than 8,000 octets
 * to its interpreter. Each calls only later ones, so calls are never nested deeper than there are regions.
 */
final class Regions {
    /** What the estimate below comes to at most. It is above what most blocks take, and can be below for a few. */
    private static final int MOST_OCTETS = 6_000;

    private final List<Region> regions = new ArrayList<>();
    private final Map<Block, Region> regionOf = new HashMap<>();

    Regions(List<Block> blocks) {
        Region region = begin();
        int octets = 0;
        Set<Block> outside = new HashSet<>();
        int octetsToLeave = 0;
        for (Block block : blocks) {
            if (block.exit instanceof Answer) {
                continue;
            }
            if (outside.remove(block)) {
                octetsToLeave -= callOctets(block);
            }
            int more = octets(block);
            if (octets + more + octetsToLeave > MOST_OCTETS && !region.blocks.isEmpty()) {
                region = begin();
                octets = 0;
                octetsToLeave = 0;
                outside.clear();
            }
            octets += more;
            region.blocks.add(block);
            regionOf.put(block, region);
            for (Block target : block.exit.targetBlocks()) {
                if (!(target.exit instanceof Answer) && outside.add(target)) {
                    octetsToLeave += callOctets(target);
                }
            }
        }
        for (Block block : blocks) {
            for (Block target : block.exit.targetBlocks()) {
                if (regionOf.containsKey(target) && of(target) != of(block)) {
                    of(target).enterAt(target);
                }
            }
        }
    }

    List<Region> all() {
        return regions;
    }

    Region of(Block block) {
        return java.util.Objects.requireNonNull(regionOf.get(block));
    }

    private Region begin() {
        Region region = new Region(regions.size());
        regions.add(region);
        return region;
    }

    private static int octets(Block block) {
        int octets = 7 * Integer.bitCount(block.live) + 12;
        for (Step step : block.steps) {
            octets += step instanceof Step.Compute ? 36 : step instanceof Step.NeedsCapturedTo ? 24 : 12;
        }
        if (block.exit instanceof Choice choice) {
            return octets + 48 + 8 * choice.numbers().size();
        }
        return octets + (block.exit instanceof Membership ? 90 : 40);
    }

    private static int callOctets(Block block) {
        return 36 + 3 * Integer.bitCount(block.live);
    }
}
