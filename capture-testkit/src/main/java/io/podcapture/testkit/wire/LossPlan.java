package io.podcapture.testkit.wire;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Which packets of a line of the script get lost, counted over all its repetitions. */
final class LossPlan {
    private final Map<PacketKind, Set<Integer>> numbers = new EnumMap<>(PacketKind.class);
    private final Set<PacketKind> all = EnumSet.noneOf(PacketKind.class);
    private final Map<PacketKind, Double> shares = new EnumMap<>(PacketKind.class);
    private final Map<PacketKind, Integer> sent = new EnumMap<>(PacketKind.class);

    void lose(PacketKind kind, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("packets are counted from 1, not " + number);
        }
        numbers.computeIfAbsent(kind, each -> new HashSet<>()).add(number);
    }

    void loseEvery(PacketKind kind) {
        all.add(kind);
    }

    void loseSome(PacketKind kind, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + " is not within 0 to 1");
        }
        shares.put(kind, share);
    }

    boolean loses(PacketKind kind, SplittableRandom random) {
        int number = sent.merge(kind, 1, Integer::sum);
        Double share = shares.get(kind);
        boolean byChance = share != null && random.nextDouble() < share;
        return byChance
                || all.contains(kind)
                || numbers.getOrDefault(kind, Set.of()).contains(number);
    }
}
