package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a filter's program, one place after the other. Who comes to a place with its values in the registers already
 * enters behind the instructions that load them.
 */
final class Assembler {
    /** A jump whose target is not written yet, and what the registers hold then. */
    private record Jump(
            int from,
            boolean answer,
            @Nullable Quantity accumulator,
            @Nullable Quantity index) {}

    private final Graph graph;
    private final int snaplen;
    private final int firstScratchWord;
    private final List<Instruction> program = new ArrayList<>();
    private final Map<Node, List<Jump>> jumps = new HashMap<>();

    /**
     * @param snaplen what the program returns for a packet it accepts
     * @param firstScratchWord those below keep other things
     */
    Assembler(Graph graph, int snaplen, int firstScratchWord) {
        this.graph = graph;
        this.snaplen = snaplen;
        this.firstScratchWord = firstScratchWord;
    }

    List<Instruction> program() {
        for (Node node : graph.inOrder()) {
            if (node.question != null) {
                ask(node, node.question);
            } else if (node.action != null) {
                act(node, node.action);
            }
        }
        end(graph.accept, snaplen);
        end(graph.reject, 0);
        return List.copyOf(program);
    }

    private void end(Node end, int result) {
        if (graph.start == end || jumps.containsKey(end)) {
            for (Jump jump : to(end)) {
                land(jump, program.size());
            }
            add(Bpf.RET | Bpf.K, result);
        }
    }

    private void ask(Node node, Question question) {
        boolean constant = question.right.isConstant();
        List<Computation.Step> steps =
                new Computation(firstScratchWord).compute(question).steps();
        Entry entry = new Entry(steps, !constant);
        int first = node == graph.start ? 0 : steps.size();
        for (Jump jump : to(node)) {
            first = Math.min(first, entry.last(jump.accumulator, jump.index));
        }
        Quantity index = null;
        boolean firstJump = true;
        for (Jump jump : to(node)) {
            int entered = entry.last(jump.accumulator, jump.index);
            land(jump, program.size() + entered - first);
            Quantity behind = entry.indexBehind(entered, jump.index);
            index = firstJump || behind == index ? behind : null;
            firstJump = false;
        }
        if (node == graph.start) {
            index = entry.indexBehind(0, null);
        }
        for (Computation.Step step : steps.subList(first, steps.size())) {
            program.add(step.instruction());
        }
        int source = constant ? Bpf.K : Bpf.X;
        add(Bpf.JMP | question.operation | source, constant ? question.right.operand : 0);
        jump(node, true, question.left, index);
        jump(node, false, question.left, index);
    }

    private void act(Node node, Action action) {
        for (Jump jump : to(node)) {
            land(jump, program.size());
        }
        if (action instanceof HeaderChain chain) {
            new HeaderChainLoop(program, chain, firstScratchWord).write();
            jump(node, true, null, null);
            jump(node, false, null, null);
        } else if (action instanceof Assignment assignment) {
            for (int i = 0; i < assignment.words().size(); i++) {
                Computation computation = new Computation(firstScratchWord)
                        .compute(
                                assignment.values().get(i).folded,
                                assignment.words().get(i));
                for (Computation.Step step : computation.steps()) {
                    program.add(step.instruction());
                }
            }
            add(Bpf.JMP | Bpf.JA, 0);
            jump(node, true, null, null);
        }
    }

    private List<Jump> to(Node node) {
        return jumps.getOrDefault(node, List.of());
    }

    private void add(int code, int operand) {
        program.add(new Instruction(code, 0, 0, operand));
    }

    /** The instruction written last leads there. */
    private void jump(Node node, boolean answer, @Nullable Quantity accumulator, @Nullable Quantity index) {
        Node target = node.needExit(answer);
        List<Jump> to = jumps.get(target);
        if (to == null) {
            to = new ArrayList<>();
            jumps.put(target, to);
        }
        to.add(new Jump(program.size() - 1, answer, accumulator, index));
    }

    private void land(Jump jump, int target) {
        Instruction instruction = program.get(jump.from);
        int skipped = target - jump.from - 1;
        Instruction landed;
        if (instruction.code() == (Bpf.JMP | Bpf.JA)) {
            landed = new Instruction(instruction.code(), 0, 0, skipped);
        } else if (jump.answer) {
            landed = new Instruction(instruction.code(), skipped, instruction.jumpFalse(), instruction.operand());
        } else {
            landed = new Instruction(instruction.code(), instruction.jumpTrue(), skipped, instruction.operand());
        }
        program.set(jump.from, landed);
    }
}
