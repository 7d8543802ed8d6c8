package io.podcapture.examples;

import io.podcapture.pcap.LinkType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads names of link types, with or without the prefix that files' and libpcap's names have; and their numbers. */
final class LinkTypeName implements ITypeConverter<LinkType> {
    private static final List<LinkType> KNOWN = List.of(
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.RAW,
            LinkType.IPV4,
            LinkType.IPV6,
            LinkType.NULL,
            LinkType.LOOP,
            LinkType.NFLOG);

    @Override
    public LinkType convert(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xffff) {
            return new LinkType(Integer.parseInt(text));
        }
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^(LINKTYPE|DLT)_", "");
        // libpcap's own name of Ethernet.
        String known = name.equals("EN10MB") ? "ETHERNET" : name;
        return KNOWN.stream()
                .filter(type -> type.name().equals(known))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("\"" + text + "\" is no link type; write a number, or one of "
                                + KNOWN.stream().map(LinkType::name).collect(Collectors.joining(", "))));
    }
}
