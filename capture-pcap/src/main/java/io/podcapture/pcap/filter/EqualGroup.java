package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Exit.Choice;
import io.podcapture.pcap.filter.Exit.Membership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Numbers a value is compared with, and where each leads. */
final class EqualGroup {
    /** Fewer are compared faster one after the other than looked up in a table. */
    private static final int FEWEST_IN_TABLE = 8;

    /** Of eight octets each, so that a method with such a switch is still one the virtual machine compiles. */
    private static final int MOST_IN_CHOICE = 400;

    final Block block;
    final Value value;
    final Map<Integer, Block> targets = new LinkedHashMap<>();

    EqualGroup(Block block, Value value) {
        this.block = block;
        this.value = value;
    }

    /** {@return exits to be taken one after the other; each is still to be told what follows if none of its numbers is met} */
    List<Function<Block, Exit>> exits(MemberTables tables) {
        Map<Block, List<Integer>> sets = new LinkedHashMap<>();
        targets.forEach((number, target) ->
                sets.computeIfAbsent(target, t -> new ArrayList<>()).add(number));
        List<Function<Block, Exit>> exits = new ArrayList<>();
        TreeMap<Integer, Block> others = new TreeMap<>();
        sets.forEach((target, members) -> {
            Optional<MemberTable> table = members.size() < FEWEST_IN_TABLE ? Optional.empty() : tables.of(members);
            if (table.isPresent()) {
                exits.add(next -> new Membership(value, table.get(), target, next));
            } else {
                members.forEach(number -> others.put(number, target));
            }
        });
        List<Integer> numbers = List.copyOf(others.keySet());
        List<Block> chosen = List.copyOf(others.values());
        for (int from = 0; from < numbers.size(); from += MOST_IN_CHOICE) {
            int begin = from;
            int end = Math.min(from + MOST_IN_CHOICE, numbers.size());
            exits.add(next -> new Choice(value, numbers.subList(begin, end), chosen.subList(begin, end), next));
        }
        return exits;
    }
}
