package io.podcapture.pcap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the section header of a copy says: what its user says, and all that the headers of its inputs do. Of hardware,
 * operating system and application there may be one each; those of further inputs become comments.
 */
final class SectionHeader {
    /** Far below the block length at which readers give up. */
    private static final int MOST_OCTETS = 4 << 20;

    private final List<RawOption> options = new ArrayList<>();
    private int octets;

    /** Options that were left out: not to be copied, of unknown numbers in another byte order, or too many. */
    long dropped;

    SectionHeader comment(String text) {
        return text(PcapngCodes.COMMENT, text);
    }

    SectionHeader userApplication(String name) {
        return text(PcapngCodes.SHB_USERAPPL, name);
    }

    /** Takes over what an input's section header has. */
    void take(PcapngBlock header) {
        OptionReader option = new OptionReader().over(header.buffer, header.position + 24, header.end());
        while (option.next()) {
            if (option.code() <= PcapngCodes.SHB_USERAPPL) {
                add(new RawOption(option.code(), option.octets()));
            } else {
                Optional<RawOption> custom = InterfaceOption.custom(option, header.buffer.order());
                if (custom.isPresent()) {
                    add(custom.get());
                } else {
                    dropped++;
                }
            }
        }
    }

    /** The description with the comments from here, which are then no longer here. */
    InterfaceDescription commentsOn(InterfaceDescription description) {
        if (options.isEmpty()) {
            return description;
        }
        InterfaceDescriptionBuilder builder = description.toBuilder();
        for (RawOption option : options) {
            if (option.code() == PcapngCodes.COMMENT) {
                builder.other(option);
            } else {
                dropped++;
            }
        }
        options.clear();
        octets = 0;
        return builder.build();
    }

    PcapngWriterBuilder builder() {
        PcapngWriterBuilder builder = PcapngWriter.builder();
        for (RawOption option : options) {
            builder.other(option);
        }
        return builder;
    }

    private SectionHeader text(int code, String text) {
        add(new RawOption(code, BlockBuilder.cut(text, BlockBuilder.MAX_OPTION_LENGTH)));
        return this;
    }

    private void add(RawOption option) {
        if (isNamed(option.code())) {
            RawOption before = of(option.code());
            if (before != null) {
                further(before, option);
                return;
            }
        }
        octets += option.value().length + 8;
        if (octets > MOST_OCTETS) {
            dropped++;
        } else {
            options.add(option);
        }
    }

    private void further(RawOption first, RawOption option) {
        if (Arrays.equals(first.value(), option.value())) {
            return;
        }
        String comment = name(option.code()) + ": " + new String(option.value(), StandardCharsets.UTF_8);
        RawOption added = new RawOption(PcapngCodes.COMMENT, BlockBuilder.cut(comment, BlockBuilder.MAX_OPTION_LENGTH));
        for (RawOption each : options) {
            if (each.code() == PcapngCodes.COMMENT && same(each, added)) {
                return;
            }
        }
        add(added);
    }

    private static boolean same(RawOption a, RawOption b) {
        return Arrays.equals(a.value(), b.value());
    }

    private @Nullable RawOption of(int code) {
        for (RawOption each : options) {
            if (each.code() == code) {
                return each;
            }
        }
        return null;
    }

    private static boolean isNamed(int code) {
        return code == PcapngCodes.SHB_HARDWARE || code == PcapngCodes.SHB_OS || code == PcapngCodes.SHB_USERAPPL;
    }

    private static String name(int code) {
        return code == PcapngCodes.SHB_HARDWARE ? "hardware" : code == PcapngCodes.SHB_OS ? "os" : "application";
    }
}
