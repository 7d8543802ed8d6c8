package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Choice;
import io.podcapture.pcap.filter.Exit.Membership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Numbers a value is compared with, and where each leads. */
final class EqualGroup {
    /** Fewer are compared faster one after the other than looked up in a table. */
    private static final int FEWEST_IN_TABLE = 8;

    /** Each may lead to a call of its own, and a method with all of them must be one that HotSpot compiles. */
    private static final int MOST_IN_CHOICE = 100;

    final Block block;
    final Value value;
    final Map<Integer, Block> targets = new LinkedHashMap<>();

    EqualGroup(Block block, Value value) {
        this.block = block;
        this.value = value;
    }

    /** {@return exits to be taken one after the other, as if each were the last} */
    List<Exit> exits(MemberTables tables, Block otherwise) {
        Map<Block, List<Integer>> sets = new LinkedHashMap<>();
        for (Map.Entry<Integer, Block> target : targets.entrySet()) {
            List<Integer> set = sets.get(target.getValue());
            if (set == null) {
                set = new ArrayList<>();
                sets.put(target.getValue(), set);
            }
            set.add(target.getKey());
        }
        List<Exit> exits = new ArrayList<>();
        TreeMap<Integer, Block> others = new TreeMap<>();
        for (Map.Entry<Block, List<Integer>> set : sets.entrySet()) {
            List<Integer> members = set.getValue();
            Optional<MemberTable> table = members.size() < FEWEST_IN_TABLE ? Optional.empty() : tables.of(members);
            if (table.isPresent()) {
                exits.add(new Membership(value, table.get(), set.getKey(), otherwise));
            } else {
                for (int member : members) {
                    others.put(member, set.getKey());
                }
            }
        }
        List<Integer> numbers = List.copyOf(others.keySet());
        List<Block> chosen = List.copyOf(others.values());
        for (int from = 0; from < numbers.size(); from += MOST_IN_CHOICE) {
            int end = Math.min(from + MOST_IN_CHOICE, numbers.size());
            exits.add(new Choice(value, numbers.subList(from, end), chosen.subList(from, end), otherwise));
        }
        return exits;
    }
}
