"""The bare page that shows how long a start takes at least: Streamlit, torch, one chart."""

import plotly.graph_objects as go
import streamlit as st
import torch

st.plotly_chart(go.Figure(go.Heatmap(z=torch.rand(128, 12).numpy())))
