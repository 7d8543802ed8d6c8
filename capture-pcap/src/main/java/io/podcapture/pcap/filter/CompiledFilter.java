package io.podcapture.pcap.filter;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a class of a program, which the virtual machine compiles as it does others. A program that jumps back, or is so
 * large that no class can hold it, is interpreted.
 */
final class CompiledFilter {
    private CompiledFilter() {}

    /**
     * {@return what runs the program} The class is unloaded with the last reference to its object.
     *
     * @throws IllegalArgumentException if the program could jump out of itself or run over its end, or has an instruction
     *     that does not exist
     */
    static Matcher of(List<Instruction> program) {
        ProgramCheck.check(program);
        if (jumpsBack(program)) {
            return new Interpreter(program);
        }
        MemberTables tables = new MemberTables();
        Flow flow = EqualTests.gathered(KnownTests.leftOut(FlowBuilder.blocks(program)), tables);
        Set<Value> needed = NeededValues.of(flow.blocks());
        Optional<byte[]> file = FilterClass.of(flow, needed);
        return file.isPresent() ? define(file.get(), tables.numbers()) : new Interpreter(program);
    }

    private static boolean jumpsBack(List<Instruction> program) {
        for (Instruction instruction : program) {
            if (instruction.code() == (Bpf.JMP | Bpf.JA) && instruction.operand() < 0) {
                return true;
            }
        }
        return false;
    }

    private static Matcher define(byte[] file, int[] numbers) {
        try {
            Class<?> hidden =
                    MethodHandles.lookup().defineHiddenClass(file, true).lookupClass();
            return (Matcher) hidden.getDeclaredConstructor(int[].class).newInstance((Object) numbers);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a filter's class cannot be made", e);
        }
    }
}
