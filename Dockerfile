# factlint in a small image: docker run --rm -v "$PWD:/work" factlint check .
FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin factlint

FROM debian:bookworm-slim
COPY --from=build /src/target/release/factlint /usr/local/bin/factlint
# Messages in Chinese: -e LANG=zh_CN.UTF-8, or --ui-lang zh.
ENV LANG=C.UTF-8
USER nobody
WORKDIR /work
ENTRYPOINT ["factlint"]
CMD ["--help"]
