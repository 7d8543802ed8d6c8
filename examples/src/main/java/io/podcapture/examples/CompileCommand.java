package io.podcapture.examples;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podcapture compile}. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        description = "Checks a capture filter, and prints its program for classic BPF as tcpdump -d does.")
final class CompileCommand implements Callable<Integer> {
    @Option(
            names = "--link-type",
            paramLabel = "TYPE",
            converter = LinkTypeName.class,
            defaultValue = "ETHERNET",
            description =
                    "What packets it is for: a name without its LINKTYPE_ or DLT_, or a LINKTYPE number; Ethernet by"
                            + " default.")
    private LinkType linkType = LinkType.ETHERNET;

    @Option(names = "--snaplen", paramLabel = "N", description = "What the program returns for a packet it accepts.")
    private int snaplen;

    @Option(names = "-d", description = "Prints instructions; the default.")
    private boolean instructions;

    @Option(names = "-ddd", description = "Prints numbers: how many instructions, then four for each.")
    private boolean numbers;

    @Parameters(paramLabel = "EXPR", description = "In the language of pcap-filter(7), in quotes.")
    private String expression = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        if (instructions && numbers) {
            throw new ParameterException(line, "-d and -ddd are two ways to print one program");
        }
        try {
            PacketFilter filter = PacketFilter.compile(expression, linkType, snaplen);
            line.getOut().print(numbers ? filter.program() : filter.disassembly());
            line.getOut().flush();
            return 0;
        } catch (FilterSyntaxException e) {
            throw new ParameterException(line, String.valueOf(FilterFault.of(e).getMessage()), e);
        }
    }
}
